package profgen.syscall;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SyscallTableTest {
    @ParameterizedTest
    @CsvSource({
        "X86_64, 0, read",
        "X86_64, 239, get_mempolicy",
        "X86_64, 262, newfstatat",
        "X86_64, 435, clone3",
        "X32, 512, rt_sigaction",
        "X32, 239, get_mempolicy",
        "I386, 102, socketcall",
        "I386, 140, _llseek",
        "I386, 142, _newselect",
        "I386, 191, ugetrlimit",
        "I386, 192, mmap2",
        "I386, 300, fstatat64",
        "LOONGARCH64, 25, fcntl",
        "LOONGARCH64, 79, newfstatat",
        "LOONGARCH64, 80, fstat",
        "LOONGARCH64, 84, sync_file_range",
        "LOONGARCH64, 222, mmap",
        "LOONGARCH64, 236, get_mempolicy"
    })
    void a_number_has_the_name_that_its_abi_gives_it(Abi abi, int number, String name) {
        assertThat(SyscallTable.of(abi).name(number)).contains(name);
        assertThat(SyscallTable.of(abi).number(name)).hasValue(number);
    }

    @ParameterizedTest
    @CsvSource({"X86_64, 385", "X32, 374", "I386, 461", "LOONGARCH64, 324"})
    void every_call_of_the_kernel_headers_is_there(Abi abi, int calls) {
        assertThat(SyscallTable.of(abi).names()).hasSize(calls);
    }

    @ParameterizedTest
    @EnumSource
    void names_and_numbers_are_one_to_one(Abi abi) {
        SyscallTable table = SyscallTable.of(abi);
        table.names().forEach((number, name) -> assertThat(table.number(name)).hasValue(number));
    }

    @Test
    void loongarch64_lacks_61_names_of_x86_64_and_has_none_of_its_own() {
        Set<String> missing = new TreeSet<>(SyscallTable.of(Abi.X86_64).names().values());
        Set<String> own = new TreeSet<>(SyscallTable.of(Abi.LOONGARCH64).names().values());
        own.removeAll(missing);
        missing.removeAll(SyscallTable.of(Abi.LOONGARCH64).names().values());

        assertThat(own).isEmpty();
        // It was 62 up to kernel 6.19: memfd_secret came to loongarch64 with 7.0.
        assertThat(missing)
                .hasSize(61)
                .contains("open", "stat", "lstat", "access", "dup2", "pipe", "poll", "select", "fork", "vfork")
                .contains("getrlimit", "renameat", "mkdir", "unlink", "readlink", "chmod", "chown", "arch_prctl");
    }

    @Test
    void x32_numbers_are_without_the_bit_that_marks_them() {
        assertThat(SyscallTable.of(Abi.X32).names().lastKey()).isLessThan(Abi.X32_BIT);
    }

    @Test
    void an_unknown_number_or_name_is_empty() {
        assertThat(SyscallTable.of(Abi.X86_64).name(4711)).isEmpty();
        assertThat(SyscallTable.of(Abi.LOONGARCH64).number("open")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "read",
        "socketcall",
        "s390_pci_mmio_read",
        "arm_fadvise64_64",
        "set_tls",
        "riscv_flush_icache",
        "swapcontext"
    })
    void names_of_other_architectures_are_known(String name) {
        assertThat(SyscallTable.isKnown(name)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"docker-20.10", "docker-28", "docker-2026-06", "podman"})
    void every_name_in_an_engines_default_profile_is_known(String table) {
        assertThat(ResourceTable.rows("baseline/" + table + ".tsv").stream()
                        .filter(row -> row.size() == 6)
                        .map(row -> row.get(0)))
                .hasSizeGreaterThan(400)
                .allMatch(SyscallTable::isKnown);
    }

    @ParameterizedTest
    @CsvSource({
        "get_mempolcy, get_mempolicy",
        "OPENAT, openat",
        "raed, read",
        "pread, pread64",
        "umount, umount",
        "fstatat, newfstatat",
        "clone33, clone3"
    })
    void a_misspelt_name_finds_the_one_that_was_meant(String wrong, String meant) {
        assertThat(SyscallTable.nearest(wrong)).hasSizeLessThanOrEqualTo(3).contains(meant);
    }

    @Test
    void a_name_like_no_other_finds_nothing() {
        assertThat(SyscallTable.nearest("xyzzyplugh")).isEmpty();
        assertThat(SyscallTable.isKnown("xyzzyplugh")).isFalse();
    }
}
