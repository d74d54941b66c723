package profgen.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import profgen.filter.Filter;
import profgen.filter.Verdicts;
import profgen.profile.ArgumentTest;
import profgen.syscall.Abi;
import profgen.syscall.SyscallTable;

/** Every call of every ABI of a machine, with arguments at and around all that the rules for it compare with. */
record BoundaryCalls(Filter written, Verdicts live) {
    private static final long HIGH = 0xFFFFFFFF00000000L;

    List<String> differences() {
        List<String> differences = new ArrayList<>();
        for (Abi abi : Abi.values()) {
            if (abi.arch() == written.host().arch()) {
                numbers(abi)
                        .forEach(number -> arguments(abi, Math.toIntExact(number))
                                .filter(six -> !same(abi, Math.toIntExact(number), six))
                                .forEach(six -> differences.add(abi.label() + " " + number + " " + List.of(six))));
            }
        }
        return differences;
    }

    private static LongStream numbers(Abi abi) {
        int above = SyscallTable.of(abi).names().lastKey() + 1;
        return LongStream.concat(LongStream.rangeClosed(0, above), LongStream.of(4095, Abi.X32_BIT - 1));
    }

    private boolean same(Abi abi, int number, long[] six) {
        return written.outcome(abi, number, six).equals(live.outcome(abi, number, six));
    }

    private Stream<long[]> arguments(Abi abi, int number) {
        String name = SyscallTable.of(abi).name(number).orElse("");
        Stream<long[]> around = written.rules().stream()
                .filter(rule -> rule.names().contains(name))
                .flatMap(rule -> rule.tests().stream())
                .flatMap(test -> values(test).mapToObj(value -> {
                    long[] six = new long[6];
                    six[test.index()] = value;
                    return six;
                }));
        return Stream.concat(Stream.of(new long[6], new long[] {-1, -1, -1, -1, -1, -1}), around);
    }

    private static LongStream values(ArgumentTest test) {
        boolean masked = test.operator() == ArgumentTest.Operator.MASKED_EQ;
        long datum = masked ? test.valueTwo() : test.value();
        LongStream bits = LongStream.range(0, Long.SIZE).map(bit -> datum ^ (1L << bit));
        return LongStream.concat(bits, LongStream.of(datum, datum - 1, datum + 1, datum | HIGH, ~datum, datum & ~HIGH));
    }
}
