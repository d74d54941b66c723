package profgen.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import profgen.syscall.Abi;

/**
 * Decision = the kernel's answer, for 100,000 calls of all three ABIs; none of the calls is made. Left out are uretprobe and uprobe, which
 * the kernel puts into programs itself: newer kernels make them without asking a filter.
 */
class KernelIT {
    private static final int CALLS = 100;
    private static final int URETPROBE = 335;
    private static final int UPROBE = 336;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {21, 22})
    void a_decision_is_what_the_kernel_does(long seed) throws Exception {
        Random random = new Random(seed);
        int decisions = 0;
        try (KernelOracle kernel = KernelOracle.start()) {
            for (RandomFilters.Made made : RandomFilters.of(LibraryOfTests.installed(), random, "docker", 500)) {
                RandomCalls generator = new RandomCalls(random, made.filter());
                List<RandomCalls.Call> calls = Stream.generate(generator::next)
                        .filter(KernelIT::isFiltered)
                        .limit(CALLS)
                        .toList();
                List<Outcome> answers = kernel.outcomes(made.program(), calls);
                for (int i = 0; i < CALLS; i++) {
                    RandomCalls.Call call = calls.get(i);
                    Outcome decided = made.filter().outcome(call.abi(), call.number(), call.arguments());
                    assertThat(answers.get(i))
                            .as("seed %s: %s of %s", seed, call, made.profile())
                            .isEqualTo(KernelOracle.asSeen(decided));
                    decisions++;
                }
            }
        }
        assertThat(decisions).isEqualTo(500 * CALLS);
    }

    private static boolean isFiltered(RandomCalls.Call call) {
        return call.abi() != Abi.X86_64 || (call.number() != URETPROBE && call.number() != UPROBE);
    }
}
