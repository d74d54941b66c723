package profgen.diff;

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import profgen.syscall.Abi;
import profgen.syscall.ArgumentWidths;
import profgen.syscall.SyscallTable;

/**
 * One call that shows a change.
 *
 * @param number without the x32 bit
 * @param arguments six, as seccomp sees them
 */
public record Witness(Abi abi, int number, List<Long> arguments) {
    public Witness {
        arguments = List.copyOf(arguments);
        if (arguments.size() != 6) {
            throw new IllegalArgumentException("a witness with " + arguments.size() + " arguments");
        }
    }

    public static Witness of(Abi abi, int number, long... six) {
        return new Witness(
                abi, number, IntStream.range(0, 6).mapToObj(i -> six[i]).toList());
    }

    /** The call's name, or its number where profgen's tables have none. */
    public String call() {
        return SyscallTable.of(abi).name(number).orElse(Integer.toString(number));
    }

    public long[] values() {
        return arguments.stream().mapToLong(Long::longValue).toArray();
    }

    /** {@code socket(40, 1, 0)}: as many arguments as the call takes, and the last one that is not 0; unsigned. */
    public String inWords() {
        OptionalInt last =
                IntStream.range(0, 6).filter(i -> arguments.get(i) != 0).max();
        int shown = Math.max(ArgumentWidths.count(call()), last.orElse(-1) + 1);
        return call()
                + arguments.stream().limit(shown).map(Witness::number).collect(Collectors.joining(", ", "(", ")"));
    }

    /** Small ones as people count, large ones as they read masks. */
    private static String number(long value) {
        return Long.compareUnsigned(value, 0xFFFF) > 0 ? "0x" + Long.toHexString(value) : Long.toString(value);
    }
}
