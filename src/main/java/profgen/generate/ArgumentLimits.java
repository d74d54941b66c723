package profgen.generate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import profgen.profile.ArgumentTest;
import profgen.profile.Rule;
import profgen.syscall.Abi;
import profgen.syscall.ArgumentWidths;
import profgen.syscall.Symbols;

/**
 * A call that Docker's default allows for some values of one argument: only the recorded ones of these are allowed, or all
 * of these if not every value was recorded. Only EQ and MASKED_EQ are written, one test a rule, and nothing that Docker's
 * rules deny.
 */
final class ArgumentLimits {
    /** Values of families and operations lie below; what is above stays closed when whole ranges are taken over. */
    private static final int RANGE = 64;

    private static final long LOW = 0xFFFFFFFFL;

    private final String name;
    private final int index;
    private final List<ArgumentTest> docker;

    /** @param rules alternatives of one name, each with one test of the same argument */
    ArgumentLimits(String name, List<Rule> rules) {
        this.name = name;
        this.docker = rules.stream().map(rule -> rule.args().get(0)).toList();
        this.index = docker.get(0).index();
    }

    /** Whether this class can deal with these alternatives. */
    static boolean fits(List<Rule> rules) {
        return !rules.isEmpty()
                && rules.stream()
                        .allMatch(rule -> rule.args().size() == 1
                                && rule.args().get(0).index()
                                        == rules.get(0).args().get(0).index()
                                && rule.includes().isEmpty()
                                && rule.excludes().isEmpty());
    }

    /**
     * What may be allowed.
     *
     * @param tests each one an alternative
     * @param denied recorded values that Docker's default denies
     */
    record Limits(List<ArgumentTest> tests, List<String> denied) {}

    Limits narrowed(@Nullable Evidence evidence) {
        Optional<SortedSet<Long>> recorded = evidence == null ? Optional.empty() : evidence.values(index);
        if (recorded.isEmpty()) {
            return new Limits(asDocker(), List.of());
        }
        Set<ArgumentTest> tests = new TreeSet<>(RuleBook.BY_VALUE);
        List<String> denied = new ArrayList<>();
        for (long value : recorded.get()) {
            Optional<ArgumentTest> test = test(value);
            test.ifPresent(tests::add);
            if (test.isEmpty()) {
                denied.add(Symbols.render(name, index, value));
            }
        }
        return new Limits(List.copyOf(tests), denied);
    }

    /** The recorded values without Docker's limit; none if not all are known, which means that every value is allowed. */
    static List<ArgumentTest> beyond(String name, int index, Evidence evidence) {
        Set<ArgumentTest> tests = new TreeSet<>(RuleBook.BY_VALUE);
        for (long value : evidence.values(index).stream().flatMap(Set::stream).toList()) {
            tests.add(
                    isInt(name, index)
                            ? ArgumentTest.equalInt(index, (int) value)
                            : new ArgumentTest(index, ArgumentTest.Operator.EQ, value, 0));
        }
        return List.copyOf(tests);
    }

    /** {@code AF_INET}; of a whole range the first and the last value. */
    static String inWords(String name, ArgumentTest test) {
        boolean masked = test.operator() == ArgumentTest.Operator.MASKED_EQ;
        long first = masked ? test.valueTwo() : test.value();
        long last = masked ? first | (LOW & ~test.value()) : first;
        String text = Symbols.render(name, test.index(), first);
        return first == last ? text : text + " to " + Symbols.render(name, test.index(), last);
    }

    private Optional<ArgumentTest> test(long value) {
        if (isInt(name, index) && allowsAnyUpperHalf(value)) {
            return Optional.of(ArgumentTest.equalInt(index, (int) value));
        }
        return dockerAllows(value)
                ? Optional.of(new ArgumentTest(index, ArgumentTest.Operator.EQ, value, 0))
                : Optional.empty();
    }

    /** The kernel ignores the upper half of an int, Docker's comparisons do not: a masked test must not reach further than they do. */
    private boolean allowsAnyUpperHalf(long value) {
        long low = value & LOW;
        return dockerAllows(low) && dockerAllows(low | 1L << 32) && dockerAllows(low | ~LOW);
    }

    private boolean dockerAllows(long value) {
        return docker.stream().anyMatch(test -> test.matches(value));
    }

    private List<ArgumentTest> asDocker() {
        boolean plain = docker.stream()
                .allMatch(test -> test.operator() == ArgumentTest.Operator.EQ
                        || test.operator() == ArgumentTest.Operator.MASKED_EQ);
        if (plain) {
            return docker.stream().sorted(RuleBook.BY_VALUE).toList();
        }
        List<ArgumentTest> blocks = new ArrayList<>();
        cover(0, RANGE, blocks);
        return blocks;
    }

    /** Ranges as aligned blocks, each one masked test: comparisons by size are never written. */
    private void cover(int from, int size, List<ArgumentTest> blocks) {
        boolean all = true;
        for (int value = from; value < from + size; value++) {
            all &= allowsAnyUpperHalf(value);
        }
        if (all) {
            blocks.add(ArgumentTest.masked(index, LOW & -size, from));
        } else if (size > 1) {
            cover(from, size / 2, blocks);
            cover(from + size / 2, size / 2, blocks);
        }
    }

    private static boolean isInt(String name, int index) {
        return ArgumentWidths.bits(Abi.X86_64, name, index) == Integer.SIZE;
    }
}
