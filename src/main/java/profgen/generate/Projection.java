package profgen.generate;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import profgen.syscall.Arch;
import profgen.syscall.ResourceTable;
import profgen.syscall.SyscallTable;

/** What a program that was recorded on one architecture calls on another one: a guess from tables, to be proved there. */
final class Projection {
    private static final String NOTHING = "-";

    private static final List<List<String>> ROWS = ResourceTable.rows("generate/projection.tsv", 4);

    private final Map<String, List<String>> table = new HashMap<>();
    private final Map<String, String> reasons = new HashMap<>();
    private final SyscallTable names;

    Projection(Arch arch) {
        for (List<String> row : ROWS) {
            if (row.get(0).equals(arch.unameMachine())) {
                String becomes = row.get(2);
                table.put(row.get(1), becomes.equals(NOTHING) ? List.of() : List.of(becomes.split(" ", -1)));
                reasons.put(row.get(1), row.get(3));
            }
        }
        names = SyscallTable.of(arch.nativeAbi());
    }

    /** The names that take its place; empty if the architecture has nothing like it, or does without. */
    SortedSet<String> of(String recorded) {
        SortedSet<String> becomes = new TreeSet<>(table.getOrDefault(recorded, List.of(recorded)));
        becomes.removeIf(name -> names.number(name).isEmpty());
        return becomes;
    }

    /** Why another name than the recorded one is in {@link #of}. */
    String reason(String recorded) {
        return reasons.getOrDefault(recorded, "");
    }

    /** The table says that nothing is missing when the name is dropped. */
    boolean doesWithout(String recorded) {
        return table.containsKey(recorded);
    }
}
