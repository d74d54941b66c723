package profgen.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import profgen.profile.Baseline;
import profgen.syscall.Arch;

/** Decision = libseccomp's program for LoongArch, made and run on this machine. */
class LoongArchIT {
    private static final Host HOST = Host.docker(Arch.LOONGARCH64);

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {31, 32})
    void a_decision_is_what_the_program_answers(long seed) throws Exception {
        Libseccomp libseccomp = LibraryOfTests.newer();
        assertThat(libseccomp.knows(Arch.LOONGARCH64)).isTrue();
        Random random = new Random(seed);
        for (RandomFilters.Made made : RandomFilters.of(libseccomp, random, HOST, 200)) {
            made.differsNowhere();
            RandomCalls calls = new RandomCalls(random, made.filter());
            for (int i = 0; i < 500; i++) {
                RandomCalls.Call call = calls.next();
                assertThat(made.program().outcome(call.abi(), call.number(), call.arguments()))
                        .as("seed %s: %s of %s", seed, call, made.profile())
                        .isEqualTo(made.filter().outcome(call.abi(), call.number(), call.arguments()));
            }
        }
    }

    @Test
    void the_default_profiles_mean_what_the_program_does() throws Exception {
        Libseccomp libseccomp = LibraryOfTests.newer();
        for (String baseline : Baseline.names()) {
            RandomFilters.baseline(libseccomp, baseline, HOST);
        }
    }
}
