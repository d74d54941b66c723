package profgen.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import profgen.syscall.Abi;
import profgen.syscall.Arch;
import profgen.syscall.ResourceTable;
import profgen.syscall.SyscallTable;

/** The table of what a program calls on another architecture. */
class ProjectionTest {
    /** A libc of today takes the newer call on x86_64 too, or the older one is implicit in every profile. */
    private static final Set<String> NOT_BACK = Set.of(
            "eventfd",
            "futimesat",
            "getdents",
            "getrlimit",
            "lstat",
            "setrlimit",
            "signalfd",
            "stat",
            "time",
            "ustat",
            "utime",
            "utimes");

    @Test
    void what_stands_for_an_older_call_on_loongarch64_is_projected_back_to_it_on_x86_64() {
        Projection back = new Projection(Arch.X86_64);
        SyscallTable there = SyscallTable.of(Abi.LOONGARCH64);
        Set<String> lost = new TreeSet<>();
        for (List<String> row : ResourceTable.rows("generate/projection.tsv", 4)) {
            String older = row.get(1);
            if (row.get(0).equals("loongarch64")
                    && there.number(older).isEmpty()
                    && !row.get(2).equals("-")) {
                boolean found = List.of(row.get(2).split(" ", -1)).stream()
                        .anyMatch(newer -> back.of(newer).contains(older));
                if (!found) {
                    lost.add(older);
                }
            }
        }
        assertThat(lost).isEqualTo(new TreeSet<>(NOT_BACK));
    }
}
