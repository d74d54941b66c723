package profgen.syscall;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Which arguments of a call a recording keeps the values of: flag words, families, operations. */
public final class WatchedArguments {
    /** clone3's flags are a word in memory, not an argument; it takes the place of argument 0. */
    private static final String FLAGS_IN_MEMORY = "flags";
    /** i386's socketcall: the number of the call, then the first three arguments of that call, from memory. */
    private static final String CALL_IN_MEMORY = "call";

    private static final Map<String, List<Integer>> INDEXES = new HashMap<>();

    static {
        for (List<String> row : ResourceTable.rows("syscall/watched.tsv", 2)) {
            INDEXES.put(row.get(0), indexes(row.get(1)));
        }
    }

    private WatchedArguments() {}

    /** In the order of a recorded tuple of values; empty for a call whose arguments are not kept. */
    public static List<Integer> of(String syscall) {
        return INDEXES.getOrDefault(syscall, List.of());
    }

    private static List<Integer> indexes(String text) {
        return switch (text) {
            case FLAGS_IN_MEMORY -> List.of(0);
            case CALL_IN_MEMORY -> List.of(0, 1, 2, 3);
            default -> Stream.of(text.split(",", -1)).map(Integer::valueOf).toList();
        };
    }
}
