package profgen.syscall;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Values of arguments as programs write them: {@code AF_VSOCK}, {@code CLONE_VM|CLONE_VFORK}. */
public final class Symbols {
    private static final Pattern HEXADECIMAL = Pattern.compile("0[xX]([0-9a-fA-F]{1,16})");
    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,20}");

    private Symbols() {}

    /** By the argument alone; hexadecimal where nothing fits, or where the name depends on another argument. */
    public static String render(String syscall, int index, long value) {
        return render(syscall, List.of(index), List.of(value)).get(0);
    }

    /**
     * A recorded tuple: what the options of setsockopt or the protocols of socket are called depends on the tuple's other values.
     *
     * @param indexes which argument each value is
     */
    public static List<String> render(String syscall, List<Integer> indexes, List<Long> values) {
        return IntStream.range(0, values.size())
                .mapToObj(position -> render(syscall, indexes, values, position))
                .toList();
    }

    private static String render(String syscall, List<Integer> indexes, List<Long> values, int position) {
        int index = indexes.get(position);
        long value = read(syscall, index, values.get(position));
        return ArgumentKind.of(syscall, index).stream()
                .filter(kind -> kind.isUnconditional() || holds(kind, indexes, values))
                .findFirst()
                .map(kind -> kind.render(value))
                .orElseGet(() -> hexadecimal(value));
    }

    private static boolean holds(ArgumentKind kind, List<Integer> indexes, List<Long> values) {
        int position = indexes.indexOf(kind.when());
        if (position < 0) {
            return false;
        }
        long value = read(kind.syscall(), kind.when(), values.get(position));
        return ArgumentKind.of(kind.syscall(), kind.when()).stream()
                .flatMap(other -> other.number(kind.whenName()).stream())
                .anyMatch(number -> number == value);
    }

    /** The part of the register that the kernel reads. */
    private static long read(String syscall, int index, long value) {
        return ArgumentWidths.bits(Abi.X86_64, syscall, index) == Integer.SIZE ? value & 0xFFFFFFFFL : value;
    }

    static String hexadecimal(long value) {
        return value == 0 ? "0" : "0x" + Long.toHexString(value);
    }

    /**
     * A decimal (also negative) or hexadecimal number, a name, or several joined by {@code |}.
     *
     * @return empty if a part is none of these, or has a name that this argument does not take
     */
    public static OptionalLong parse(String syscall, int index, String text) {
        long value = 0;
        for (String part : text.split("\\|", -1)) {
            Optional<Long> number = number(part).or(() -> named(syscall, index, part));
            if (number.isEmpty()) {
                return OptionalLong.empty();
            }
            value |= number.get();
        }
        return OptionalLong.of(value);
    }

    private static Optional<Long> named(String syscall, int index, String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        return ArgumentKind.of(syscall, index).stream()
                .flatMap(kind -> kind.number(name).or(() -> kind.number(upper)).stream())
                .findFirst();
    }

    private static Optional<Long> number(String text) {
        var hexadecimal = HEXADECIMAL.matcher(text);
        if (hexadecimal.matches()) {
            return Optional.of(Long.parseUnsignedLong(hexadecimal.group(1), 16));
        }
        if (!DECIMAL.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(text.startsWith("-") ? Long.parseLong(text) : Long.parseUnsignedLong(text));
        } catch (NumberFormatException tooLarge) {
            return Optional.empty();
        }
    }
}
