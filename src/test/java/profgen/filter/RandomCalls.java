package profgen.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import profgen.profile.ArgumentTest;
import profgen.syscall.Abi;

/** Calls around what a filter says: its numbers and their neighbours, values at its constants, one bit off, high halves set. */
final class RandomCalls {
    private final Random random;
    private final Filter filter;
    private final List<Abi> abis;
    private final List<List<Integer>> numbers = new ArrayList<>();

    RandomCalls(Random random, Filter filter) {
        this.random = random;
        this.filter = filter;
        this.abis = List.of(Abi.values()).stream()
                .filter(abi -> abi.arch() == filter.host().arch())
                .toList();
        abis.forEach(abi -> numbers.add(List.copyOf(filter.numbers(abi))));
    }

    record Call(Abi abi, int number, List<Long> values) {
        long[] arguments() {
            return values.stream().mapToLong(Long::longValue).toArray();
        }
    }

    Call next() {
        int which = random.nextInt(4) == 0
                ? random.nextInt(abis.size())
                : abis.indexOf(filter.host().arch().nativeAbi());
        int number = number(numbers.get(which));
        List<ArgumentTest> tests = tests(abis.get(which), number);
        List<Long> values = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            values.add(random.nextInt(64) == 0 ? random.nextLong() : (long) random.nextInt(4));
        }
        for (ArgumentTest test : tests) {
            values.set(test.index(), near(test));
        }
        return new Call(abis.get(which), number, values);
    }

    private int number(List<Integer> named) {
        if (named.isEmpty() || random.nextInt(10) == 0) {
            return random.nextInt(600);
        }
        int number = named.get(random.nextInt(named.size()));
        return random.nextInt(12) == 0 ? Math.max(0, number + random.nextInt(3) - 1) : number;
    }

    private List<ArgumentTest> tests(Abi abi, int number) {
        List<Clause> clauses = filter.clauses(abi, number);
        return clauses.isEmpty()
                ? List.of()
                : clauses.get(random.nextInt(clauses.size())).tests();
    }

    private long near(ArgumentTest test) {
        boolean masked = test.operator() == ArgumentTest.Operator.MASKED_EQ;
        long exact = masked ? test.valueTwo() | (random.nextLong() & ~test.value()) : test.value();
        return switch (random.nextInt(10)) {
            case 0 -> exact + 1;
            case 1 -> exact - 1;
            case 2 -> exact ^ (1L << random.nextInt(64));
            case 3 -> exact | 0xFFFFFFFF00000000L;
            case 4 -> exact & 0xFFFFFFFFL;
            case 5 -> exact ^ Long.MIN_VALUE;
            default -> exact;
        };
    }
}
