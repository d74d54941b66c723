package profgen.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import profgen.syscall.Abi;

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
            for (Abi abi : Abi.values()) {
                for (int number : made.filter().numbers(abi)) {
                    Regions regions = new Regions();
                    assertThat(made.program().regions(abi, number, regions))
                            .as("seed %s: %s %s of %s", seed, abi, number, made.profile())
                            .isEqualTo(made.filter().regions(abi, number, regions));
                }
            }
        }
    }
}
