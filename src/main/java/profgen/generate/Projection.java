package profgen.generate;

import java.util.ArrayList;
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

    private static final List<List<String>> ARGUMENTS = ResourceTable.rows("generate/projection-arguments.tsv", 7);

    /** The value that an argument, masked, has in calls that become {@code name}. */
    private record Sign(String name, int argument, long mask, long value) {
        static Sign parse(List<String> row) {
            return new Sign(
                    row.get(2),
                    Integer.parseInt(row.get(3)),
                    Long.parseUnsignedLong(row.get(4).substring(2), 16),
                    Long.parseUnsignedLong(row.get(5).substring(2), 16));
        }

        boolean mayBeIn(Evidence evidence) {
            return evidence.values(argument)
                    .map(values -> values.stream().anyMatch(one -> (one & mask) == value))
                    .orElse(true);
        }
    }

    private final Map<String, List<String>> table = new HashMap<>();
    private final Map<String, List<Sign>> signs = new HashMap<>();
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
        ARGUMENTS.stream()
                .filter(row -> row.get(0).equals(arch.unameMachine()))
                .forEach(row -> signs.computeIfAbsent(row.get(1), recorded -> new ArrayList<>())
                        .add(Sign.parse(row)));
        names = SyscallTable.of(arch.nativeAbi());
    }

    /** The names that take its place; empty if the architecture has nothing like it, or does without. */
    SortedSet<String> of(String recorded) {
        SortedSet<String> becomes = new TreeSet<>(table.getOrDefault(recorded, List.of(recorded)));
        becomes.removeIf(name -> names.number(name).isEmpty());
        return becomes;
    }

    /** Without those for which an argument should have been another one than were recorded. */
    SortedSet<String> of(Evidence evidence) {
        SortedSet<String> becomes = of(evidence.name());
        List<Sign> known = signs.getOrDefault(evidence.name(), List.of());
        becomes.removeIf(name -> known.stream().anyMatch(sign -> sign.name().equals(name))
                && known.stream().noneMatch(sign -> sign.name().equals(name) && sign.mayBeIn(evidence)));
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
