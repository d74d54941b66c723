package profgen.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import profgen.capability.CapabilitySet;
import profgen.profile.Baseline;
import profgen.syscall.Arch;

/** Decision = the program that libseccomp makes of the filter, run by the simulator, for one million calls; and for all arguments of a call. */
class SimulatorIT {
    private static final int PROFILES = 500;
    private static final int CALLS = 500;

    private static Libseccomp libseccomp;

    @BeforeAll
    static void find_the_library() {
        libseccomp = LibraryOfTests.installed();
    }

    @ParameterizedTest(name = "seed {0}, {1}")
    @CsvSource({"1, docker", "2, podman", "3, containerd", "4, crun"})
    void a_decision_is_what_the_program_answers(long seed, String engine) {
        Random random = new Random(seed);
        int decisions = 0;
        for (RandomFilters.Made made : RandomFilters.of(libseccomp, random, engine, PROFILES)) {
            RandomCalls calls = new RandomCalls(random, made.filter());
            for (int i = 0; i < CALLS; i++) {
                RandomCalls.Call call = calls.next();
                Outcome decided = made.filter().outcome(call.abi(), call.number(), call.arguments());
                Outcome answered = made.program().outcome(call.abi(), call.number(), call.arguments());
                if (!answered.equals(decided)) {
                    assertThat(answered)
                            .as("seed %s: %s of %s", seed, call, made.profile())
                            .isEqualTo(decided);
                }
                decisions++;
            }
        }
        assertThat(decisions).isEqualTo(PROFILES * CALLS);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {11, 12})
    void the_regions_of_a_call_are_those_of_the_program(long seed) {
        for (RandomFilters.Made made : RandomFilters.of(libseccomp, new Random(seed), "docker", PROFILES)) {
            made.differsNowhere();
        }
    }

    @ParameterizedTest
    @CsvSource({"docker", "podman", "containerd", "crun"})
    void the_default_profiles_mean_what_the_program_does(String engine) {
        Host host = Host.docker(Arch.X86_64).withEngine(Engine.parse(engine).orElseThrow());
        for (String baseline : Baseline.names()) {
            RandomFilters.baseline(libseccomp, baseline, host);
            RandomFilters.baseline(libseccomp, baseline, host.withBounding(CapabilitySet.ALL));
        }
    }
}
