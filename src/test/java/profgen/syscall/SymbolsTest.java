package profgen.syscall;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SymbolsTest {
    @ParameterizedTest
    @CsvSource({
        "socket, 0, 40, AF_VSOCK",
        "socket, 0, 99, 0x63",
        "socket, 1, 0x80001, SOCK_STREAM|SOCK_CLOEXEC",
        "socket, 2, 0, 0",
        "clone, 0, 0x1200011, SIGCHLD|CLONE_CHILD_CLEARTID|CLONE_CHILD_SETTID",
        "clone3, 0, 0x200000000, CLONE_INTO_CGROUP",
        "unshare, 0, 0x10000100, CLONE_VM|CLONE_NEWUSER",
        "personality, 0, 0, PER_LINUX",
        "personality, 0, 0x40000, PER_LINUX|ADDR_NO_RANDOMIZE",
        "personality, 0, 0xffffffff, 0xffffffff",
        "mmap, 2, 0, PROT_NONE",
        "mmap, 2, 3, PROT_READ|PROT_WRITE",
        "mmap, 3, 0x22, MAP_PRIVATE|MAP_ANONYMOUS",
        "mmap, 4, 0, 0",
        "futex, 1, 128, FUTEX_WAIT|FUTEX_PRIVATE_FLAG",
        "ioctl, 1, 0x5401, TCGETS",
        "ioctl, 1, 0x5412, TIOCSTI",
        "prctl, 0, 38, PR_SET_NO_NEW_PRIVS",
        "set_mempolicy, 0, 0x8002, MPOL_BIND|MPOL_F_STATIC_NODES",
        "get_mempolicy, 4, 4, MPOL_F_MEMS_ALLOWED",
        "quotactl, 0, 0x80000701, Q_GETQUOTA|GRPQUOTA",
        "madvise, 2, 4, MADV_DONTNEED",
        "unshare, 0, 1, 0x1",
        "read, 0, 255, 0xff"
    })
    void a_value_is_shown_as_programs_write_it_and_read_back(String call, int index, String number, String text) {
        long value = Symbols.parse(call, index, number).orElseThrow();

        assertThat(Symbols.render(call, index, value)).isEqualTo(text);
        assertThat(Symbols.parse(call, index, text)).hasValue(value);
    }

    @Test
    void what_the_kernel_ignores_of_a_register_does_not_hide_the_name() {
        assertThat(Symbols.render("socket", 0, 0xFFFFFFFF00000001L)).isEqualTo("AF_UNIX");
    }

    @Test
    void the_names_of_an_option_depend_on_its_level() {
        List<Integer> indexes = WatchedArguments.of("setsockopt");

        assertThat(Symbols.render("setsockopt", indexes, List.of(1L, 20L)))
                .containsExactly("SOL_SOCKET", "SO_RCVTIMEO");
        assertThat(Symbols.render("setsockopt", indexes, List.of(6L, 1L)))
                .containsExactly("IPPROTO_TCP", "TCP_NODELAY");
        assertThat(Symbols.render("setsockopt", indexes, List.of(41L, 26L))).containsExactly("IPPROTO_IPV6", "0x1a");
    }

    @Test
    void the_protocol_depends_on_the_family_and_socketcall_on_its_call() {
        assertThat(Symbols.render("socket", List.of(0, 1, 2), List.of(16L, 3L, 9L)))
                .containsExactly("AF_NETLINK", "SOCK_RAW", "NETLINK_AUDIT");
        assertThat(Symbols.render("socket", List.of(0, 1, 2), List.of(2L, 1L, 6L)))
                .containsExactly("AF_INET", "SOCK_STREAM", "IPPROTO_TCP");
        assertThat(Symbols.render("socketcall", WatchedArguments.of("socketcall"), List.of(1L, 40L, 1L, 0L)))
                .containsExactly("SYS_SOCKET", "AF_VSOCK", "SOCK_STREAM", "0");
    }

    @Test
    void numbers_are_unsigned_and_may_be_joined_with_names_of_any_case() {
        assertThat(Symbols.parse("read", 2, "18446744073709551615")).hasValue(-1);
        assertThat(Symbols.parse("read", 2, "-1")).hasValue(-1);
        assertThat(Symbols.parse("read", 2, "0xFFFFFFFFFFFFFFFF")).hasValue(-1);
        assertThat(Symbols.parse("unshare", 0, "clone_newuser|0x100")).hasValue(0x10000100);
    }

    @ParameterizedTest
    @CsvSource({
        "socket, AF_NOSUCH",
        "socket, CLONE_VM",
        "read, AF_INET",
        "socket, 18446744073709551616",
        "socket, 1|",
        "socket, ''"
    })
    void what_is_no_value_of_the_argument_is_empty(String call, String text) {
        assertThat(Symbols.parse(call, 0, text)).isEmpty();
    }
}
