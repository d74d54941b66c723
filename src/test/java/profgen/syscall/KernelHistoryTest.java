package profgen.syscall;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KernelHistoryTest {
    @ParameterizedTest
    @CsvSource({
        "X86_64, getrandom, 3.17",
        "X86_64, statx, 4.11",
        "X86_64, clone3, 5.3",
        "X86_64, memfd_secret, 5.14",
        "X86_64, set_mempolicy_home_node, 5.17",
        "I386, socket, 4.3",
        "I386, futex_time64, 5.1",
        "I386, arch_prctl, 4.12",
        "LOONGARCH64, read, 5.19",
        "LOONGARCH64, clone3, 5.19",
        "LOONGARCH64, fstat, 6.11",
        "LOONGARCH64, memfd_secret, 7.0",
        "LOONGARCH64, mseal, 6.10"
    })
    void a_call_came_with_the_kernel_that_brought_it_to_its_abi(Abi abi, String name, String kernel) {
        assertThat(KernelHistory.since(abi, name)).hasToString("Optional[" + kernel + "]");
    }

    @Test
    void old_and_absent_calls_have_no_kernel() {
        assertThat(KernelHistory.since(Abi.X86_64, "read")).isEmpty();
        assertThat(KernelHistory.since(Abi.X86_64, "socket")).isEmpty();
        assertThat(KernelHistory.since(Abi.X86_64, "futex_time64")).isEmpty();
        assertThat(KernelHistory.since(Abi.LOONGARCH64, "open")).isEmpty();
    }

    @Test
    void every_line_of_the_table_is_a_call_of_its_abi() {
        for (List<String> row : ResourceTable.rows("syscall/since.tsv", 3)) {
            assertThat(Abi.values())
                    .as("%s", row)
                    .anyMatch(abi -> (row.get(1).equals("*") || row.get(1).equals(abi.label()))
                            && SyscallTable.of(abi).number(row.get(0)).isPresent());
        }
    }

    /** From 424 on all architectures share the numbers of new calls: whoever makes the tables again has to say their kernel. */
    @Test
    void every_shared_number_has_its_kernel() {
        SyscallTable.of(Abi.X86_64)
                .names()
                .tailMap(424)
                .forEach((number, name) -> assertThat(KernelHistory.since(Abi.X86_64, name))
                        .as(name)
                        .isPresent());
    }
}
