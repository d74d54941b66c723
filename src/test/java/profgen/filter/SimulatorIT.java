package profgen.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import profgen.capability.CapabilitySet;
import profgen.profile.Action;
import profgen.profile.Baseline;
import profgen.profile.Condition;
import profgen.profile.Profile;
import profgen.profile.Rule;
import profgen.syscall.Abi;
import profgen.syscall.Arch;

/** Decision = the program that libseccomp makes of the filter, run by the simulator, for one million calls; and for all arguments of a call. */
class SimulatorIT {
    private static final int PROFILES = 500;
    private static final int CALLS = 500;

    private static final List<Integer> NUMBERS = List.of(
            -1,
            -2,
            0,
            1,
            257,
            258,
            0x3FFFFFFF,
            0x40000000,
            0x40000101,
            0x40000102,
            0x7FFFFFFF,
            0x80000000,
            0x80000101,
            0xBFFFFFFF,
            0xC0000000,
            0xC0000101);

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

    /** Also what is negative, has bit 30 or 31, or is a call of x32 under the name of x86_64. */
    @ParameterizedTest
    @CsvSource({"docker,", "crun,", "docker,SCMP_ARCH_X86", "crun,SCMP_ARCH_X32", "docker,SCMP_ARCH_X32"})
    void every_number_is_answered_alike(String engine, @Nullable String also) {
        Host host = Host.docker(Arch.X86_64).withEngine(Engine.parse(engine).orElseThrow());
        for (Action byDefault : List.of(Action.ERRNO, Action.KILL_PROCESS, Action.ALLOW)) {
            Rule rule = new Rule(
                    List.of("read", "openat"), Action.TRAP, null, List.of(), Condition.NONE, Condition.NONE, "");
            List<String> architectures = also == null ? List.of() : List.of(also);
            Filter filter = Resolver.resolve(
                    new Profile(byDefault, null, List.of(), architectures, null, null, null, List.of(rule)), host);
            BpfProgram program = ((Compiled.Program) libseccomp.compile(filter)).program();
            for (Abi abi : Abi.values()) {
                if (abi.arch() == Arch.X86_64) {
                    NUMBERS.forEach(number -> assertThat(filter.outcome(abi, number))
                            .as("%s 0x%x, default %s", abi, number, byDefault)
                            .isEqualTo(program.outcome(abi, number)));
                }
            }
        }
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
