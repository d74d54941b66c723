package profgen.syscall;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Names of error numbers, which all ABIs here share. From 512 on they are the kernel's own (ERESTARTSYS): a program never sees
 * them, a tracer does.
 */
public final class Errno {
    private static final Map<Integer, String> NAMES = new HashMap<>();
    private static final Map<String, Integer> NUMBERS = new HashMap<>();

    static {
        for (List<String> row : ResourceTable.rows("syscall/errno.tsv", 2)) {
            int number = Integer.parseInt(row.get(0));
            NAMES.put(number, row.get(1));
            NUMBERS.put(row.get(1), number);
        }
    }

    private Errno() {}

    /** {@code EPERM}; a number without a name as {@code errno 4711}. */
    public static String name(int number) {
        return NAMES.getOrDefault(number, "errno " + number);
    }

    /** Reads what {@link #name} writes. */
    public static OptionalInt number(String name) {
        Integer known = NUMBERS.get(name);
        if (known != null) {
            return OptionalInt.of(known);
        }
        return name.matches("errno \\d{1,9}")
                ? OptionalInt.of(Integer.parseInt(name.substring("errno ".length())))
                : OptionalInt.empty();
    }
}
