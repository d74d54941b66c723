package profgen.filter;

import java.util.List;
import profgen.profile.ArgumentTest;
import profgen.profile.ArgumentTest.Operator;
import profgen.syscall.Abi;

/**
 * A rule for one call of one ABI, its tests as libseccomp compares them there.
 *
 * @param tests without those that always hold by their form; of a 32-bit ABI's arguments only the lower half is compared
 */
record Clause(FilterRule rule, List<ArgumentTest> tests) {
    private static final long LOW = 0xFFFFFFFFL;

    Clause {
        tests = List.copyOf(tests);
    }

    static Clause of(FilterRule rule, List<ArgumentTest> tests, Abi abi) {
        if (tests.isEmpty()) {
            return new Clause(rule, tests);
        }
        long width = mask(abi);
        return new Clause(
                rule,
                tests.stream()
                        .map(test -> cut(test, width))
                        .filter(test -> test.operator() != Operator.MASKED_EQ || test.value() != 0)
                        .toList());
    }

    /** libseccomp takes only those bits of a MASKED_EQ's datum that the mask has. */
    private static ArgumentTest cut(ArgumentTest test, long width) {
        long value = test.value() & width;
        return new ArgumentTest(test.index(), test.operator(), value, test.valueTwo() & value);
    }

    /** The bits of an argument that a filter for this ABI compares. */
    static long mask(Abi abi) {
        return abi == Abi.I386 || abi == Abi.X32 ? LOW : -1L;
    }

    boolean isUnconditional() {
        return tests.isEmpty();
    }

    /** @param arguments six, already cut to the ABI's width */
    boolean matches(long[] arguments) {
        for (ArgumentTest test : tests) {
            if (!test.matches(arguments[test.index()])) {
                return false;
            }
        }
        return true;
    }
}
