package profgen.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import profgen.syscall.Abi;
import profgen.syscall.Arch;
import profgen.syscall.ResourceTable;
import profgen.syscall.SyscallTable;
import profgen.syscall.WatchedArguments;

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

    @Test
    void clone_becomes_fork_and_vfork_only_with_flags_that_these_have_there() {
        assertThat(ofClone(0x1200011, 0x3d0f00)).containsExactly("clone");
        assertThat(ofClone(0x1200011, 0x4111)).containsExactly("clone", "vfork");
        assertThat(ofClone(0x11)).containsExactly("clone", "fork", "vfork");
    }

    @Test
    void where_not_all_flags_were_recorded_clone_becomes_all_that_it_may_be() {
        assertThat(projected(Runs.on(Arch.LOONGARCH64).call("clone"))).containsExactly("clone", "fork", "vfork");
        assertThat(projected(Runs.on(Arch.LOONGARCH64).many("clone", Runs.tuple(0x1200011))))
                .containsExactly("clone", "fork", "vfork");
    }

    @Test
    void what_depends_on_an_argument_is_in_the_table_that_it_restricts_and_the_argument_is_recorded() {
        for (List<String> row : ResourceTable.rows("generate/projection-arguments.tsv", 7)) {
            assertThat(new Projection(Arch.byName(row.get(0)).orElseThrow()).of(row.get(1)))
                    .as("%s", row)
                    .contains(row.get(2));
            assertThat(WatchedArguments.of(row.get(1))).contains(Integer.parseInt(row.get(3)));
        }
    }

    private static SortedSet<String> ofClone(long... flags) {
        long[][] tuples = Arrays.stream(flags).mapToObj(Runs::tuple).toArray(long[][]::new);
        return projected(Runs.on(Arch.LOONGARCH64).values("clone", tuples));
    }

    private static SortedSet<String> projected(Runs runs) {
        Evidence evidence = Objects.requireNonNull(Evidence.of(runs.recording()).get("clone"));
        return new Projection(Arch.X86_64).of(evidence);
    }
}
