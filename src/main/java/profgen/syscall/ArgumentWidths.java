package profgen.syscall;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How much of an argument's register the kernel reads. A filter compares all 64 bits, whatever the kernel ignores. */
public final class ArgumentWidths {
    private static final int WORD = 64;
    private static final int HALF = 32;
    /** u16 (file modes) counts as 32: programs and the kernel agree on the low half of the register. */
    private static final Set<String> HALF_TYPES = Set.of("s32", "u32", "u16");

    private static final Map<String, Integer> BITS = new HashMap<>();
    private static final Map<String, Integer> COUNTS = new HashMap<>();

    static {
        for (List<String> row : ResourceTable.rows("syscall/arguments.tsv", 4)) {
            BITS.put(row.get(0) + " " + row.get(1), HALF_TYPES.contains(row.get(2)) ? HALF : WORD);
            COUNTS.merge(row.get(0), Integer.parseInt(row.get(1)) + 1, Math::max);
        }
    }

    private ArgumentWidths() {}

    /** 32 or 64; 64 where nothing is known of the argument, which is the careful answer: nothing is ignored then. */
    public static int bits(Abi abi, String syscall, int index) {
        return abi == Abi.I386 ? HALF : BITS.getOrDefault(syscall + " " + index, WORD);
    }

    /** How many arguments a call takes; 0 where nothing is known of it, or it takes none. */
    public static int count(String syscall) {
        return COUNTS.getOrDefault(syscall, 0);
    }
}
