package profgen.profile;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import profgen.syscall.ResourceTable;

/**
 * A call that a recording may miss although the workload needs it.
 *
 * @param after only where one of these was recorded; empty: in any case
 * @param reason of this call, for a person
 */
public record ImplicitCall(String name, Kind kind, Set<String> after, String reason) {
    /** Why such calls stay unseen. */
    public enum Kind {
        NO_RETURN("never returns to its caller, so that a recorder may miss it"),
        KERNEL("put in by the kernel itself after a stop or a signal"),
        VDSO("usually answered without a system call, on other machines not"),
        TIMING("a wait, made only if what is waited for has not happened yet");

        private final String inWords;

        Kind(String inWords) {
            this.inWords = inWords;
        }

        public String inWords() {
            return inWords;
        }
    }

    private static final List<ImplicitCall> ALL = ResourceTable.rows("implicit.tsv", 4).stream()
            .map(row -> new ImplicitCall(row.get(0), kind(row.get(1)), names(row.get(2)), row.get(3)))
            .toList();

    public ImplicitCall {
        after = Set.copyOf(after);
    }

    /**
     * In the order of the table; an ABI may lack some of the names.
     *
     * @param recorded the names of all calls of the workload
     */
    public static List<ImplicitCall> besides(Collection<String> recorded) {
        return ALL.stream()
                .filter(call -> call.after.isEmpty() || call.after.stream().anyMatch(recorded::contains))
                .toList();
    }

    private static Set<String> names(String text) {
        return text.equals("-") ? Set.of() : Set.of(text.split(",", -1));
    }

    private static Kind kind(String text) {
        return switch (text) {
            case "no-return" -> Kind.NO_RETURN;
            case "kernel" -> Kind.KERNEL;
            case "vdso" -> Kind.VDSO;
            case "timing" -> Kind.TIMING;
            default -> throw new IllegalStateException("implicit.tsv: kind " + text);
        };
    }
}
