package profgen.profile;

import java.util.List;
import profgen.syscall.ResourceTable;

/**
 * A call that a recording may miss although the workload needs it.
 *
 * @param reason of this call, for a person
 */
public record ImplicitCall(String name, Kind kind, String reason) {
    /** Why such calls stay unseen. */
    public enum Kind {
        NO_RETURN("never returns to its caller, so that a recorder may miss it"),
        KERNEL("put in by the kernel itself after a stop or a signal"),
        VDSO("usually answered without a system call, on other machines not");

        private final String inWords;

        Kind(String inWords) {
            this.inWords = inWords;
        }

        public String inWords() {
            return inWords;
        }
    }

    private static final List<ImplicitCall> ALL = ResourceTable.rows("implicit.tsv", 3).stream()
            .map(row -> new ImplicitCall(row.get(0), kind(row.get(1)), row.get(2)))
            .toList();

    /** In the order of the table; an ABI may lack some of the names. */
    public static List<ImplicitCall> all() {
        return ALL;
    }

    private static Kind kind(String text) {
        return switch (text) {
            case "no-return" -> Kind.NO_RETURN;
            case "kernel" -> Kind.KERNEL;
            case "vdso" -> Kind.VDSO;
            default -> throw new IllegalStateException("implicit.tsv: kind " + text);
        };
    }
}
