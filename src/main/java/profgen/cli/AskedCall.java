package profgen.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import profgen.BadInputException;
import profgen.diff.Witness;
import profgen.syscall.Abi;
import profgen.syscall.Symbols;
import profgen.syscall.SyscallTable;

/** A call as it is named on a command line: {@code socket AF_VSOCK 1}, {@code 41 40}, {@code clone CLONE_NEWUSER|CLONE_VM}. */
final class AskedCall {
    private static final long MAX_NUMBER = 0xFFFFFFFFL;

    private AskedCall() {}

    /** @param words the name or number, then up to six arguments; missing ones are 0 */
    static Witness parse(Abi abi, List<String> words) {
        if (words.size() > 7) {
            throw new BadInputException(words.get(0) + ": " + (words.size() - 1) + " arguments: expected at most 6");
        }
        int number = number(abi, words.get(0));
        String name = SyscallTable.of(abi).name(number).orElse("");
        List<Long> values = new ArrayList<>();
        for (int index = 0; index < 6; index++) {
            values.add(index + 1 < words.size() ? value(name, index, words.get(index + 1)) : 0);
        }
        return new Witness(abi, number, values);
    }

    /** A filter sees 32 bits: -1 is 4294967295. */
    private static int number(Abi abi, String word) {
        OptionalInt known = SyscallTable.of(abi).number(word);
        if (known.isPresent()) {
            return known.getAsInt();
        }
        if (word.matches("-?[0-9]{1,10}")
                && Long.parseLong(word) >= Integer.MIN_VALUE
                && Long.parseLong(word) <= MAX_NUMBER) {
            return (int) Long.parseLong(word);
        }
        List<String> near = SyscallTable.nearest(word);
        throw new BadInputException(
                word + ": expected the name of a call of " + abi.label() + ", or its number from 0 to " + MAX_NUMBER,
                SyscallTable.isKnown(word) || near.isEmpty() ? null : "nearest: " + String.join(", ", near));
    }

    private static long value(String name, int index, String word) {
        OptionalLong value = Symbols.parse(name, index, word);
        return value.orElseThrow(
                () -> new BadInputException((name.isEmpty() ? "" : name + " ") + "argument " + index + " " + word
                        + ": expected a decimal or hexadecimal number of 64 bits, or a name that this argument takes"));
    }
}
