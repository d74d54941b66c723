package profgen.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import profgen.syscall.ResourceTable;
import profgen.syscall.SyscallTable;

/** The lists that people keep by hand: every name is a call, every reason is given, and they agree with each other. */
class ReviewedTablesTest {
    private static final List<List<String>> FLOORS = ResourceTable.rows("floor/floors.tsv", 5);

    @ParameterizedTest
    @CsvSource({"implicit.tsv, 4", "enosys.tsv, 3", "kernel-suffices.tsv, 4"})
    void every_line_names_a_call_once_and_says_why(String table, int columns) {
        List<List<String>> rows = ResourceTable.rows(table, columns);

        assertThat(rows).isNotEmpty().allSatisfy(row -> {
            assertThat(SyscallTable.isKnown(row.get(0))).as(row.get(0)).isTrue();
            assertThat(row).noneMatch(String::isBlank);
        });
        assertThat(rows.stream().map(row -> row.get(0))).doesNotHaveDuplicates();
    }

    @Test
    void what_a_profile_without_clone3_has_to_answer_is_listed() {
        assertThat(ResourceTable.rows("enosys.tsv", 3))
                .extracting(row -> row.get(0))
                .contains(
                        "clone3",
                        "faccessat2",
                        "openat2",
                        "statx",
                        "close_range",
                        "epoll_pwait2",
                        "futex_waitv",
                        "rseq")
                .contains("io_uring_setup");
    }

    @Test
    void a_gate_that_the_kernel_makes_unnecessary_is_one_of_dockers() {
        Set<List<String>> gates = ResourceTable.rows("baseline/docker-2026-06.tsv").stream()
                .filter(row -> row.size() == 6 && row.get(4).startsWith("caps "))
                .map(row -> List.of(row.get(0), row.get(4).substring("caps ".length())))
                .collect(Collectors.toSet());

        assertThat(ResourceTable.rows("kernel-suffices.tsv", 4))
                .extracting(row -> row.subList(0, 2))
                .isSubsetOf(gates);
    }

    @Test
    void a_floor_names_each_call_once_per_runtime_and_mode_with_its_evidence() {
        assertThat(FLOORS).extracting(row -> row.subList(0, 3)).doesNotHaveDuplicates();
        assertThat(FLOORS).allSatisfy(row -> {
            assertThat(SyscallTable.isKnown(row.get(2))).as(row.get(2)).isTrue();
            assertThat(row.get(1)).isIn("default", "no-new-privileges", "any");
            assertThat(row.get(3)).isIn("needed", "chance", "seen");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "runc-1.1, default, 25",
        "runc-1.1, no-new-privileges, 11",
        "runc-1.3, default, 30",
        "crun, no-new-privileges, 3",
        "docker-init, any, 19"
    })
    void a_floor_has_this_many_names(String runtime, String mode, int names) {
        assertThat(FLOORS)
                .filteredOn(row -> row.get(0).equals(runtime) && row.get(1).equals(mode))
                .hasSize(names);
    }
}
