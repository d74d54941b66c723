package profgen.profile;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import profgen.syscall.ResourceTable;

/** Calls that libraries and runtimes try first and do without: where one is denied, the answer has to be ENOSYS, not EPERM. */
public final class EnosysCalls {
    /** Function not implemented, as a kernel without the call answers; the same number on every architecture here. */
    public static final int ENOSYS = 38;

    private static final SortedSet<String> NAMES = read();

    private EnosysCalls() {}

    public static SortedSet<String> names() {
        return NAMES;
    }

    private static SortedSet<String> read() {
        SortedSet<String> names = new TreeSet<>();
        ResourceTable.rows("enosys.tsv", 3).forEach(row -> names.add(row.get(0)));
        return Collections.unmodifiableSortedSet(names);
    }
}
