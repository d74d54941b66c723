package profgen.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import profgen.recording.CallId;
import profgen.syscall.Arch;

class StraceLogTest {
    @Test
    void whole_and_unfinished_calls_count_and_signals_do_not() {
        assertThat(calls("""
                11562 [  59] execve("/usr/bin/bash", ["bash"], 0x7fffe4a7f9a0 /* 35 vars */) = 0
                11563 [  39] getpid( <unfinished ...>
                11562 [   3] close(4 <unfinished ...>
                11563 [  39] <... getpid resumed>)      = 11563
                11562 --- SIGCHLD {si_signo=SIGCHLD, si_code=CLD_EXITED} ---
                11563 [ 231] exit_group(0)              = ?
                11563 +++ exited with 0 +++
                """)).containsExactlyInAnyOrder(x86_64(59), x86_64(39), x86_64(3), x86_64(231));
    }

    @Test
    void the_name_tells_the_abi() {
        assertThat(calls("""
                [  20] getpid()                         = 7
                [  20] writev(1, [], 0)                 = 0
                """)).containsExactlyInAnyOrder(new CallId("i386", 20), x86_64(20));
    }

    @Test
    void what_socketcall_is_asked_for_counts_as_socketcall() {
        assertThat(calls("24443 [ 102] socket(AF_UNIX, SOCK_STREAM, 0) = 3")).containsExactly(new CallId("i386", 102));
    }

    @Test
    void a_number_with_bit_30_is_x32() {
        assertThat(calls("[1073741863] getpid() = 7")).containsExactly(new CallId("x32", 39));
    }

    @Test
    void a_number_without_a_name_is_native() {
        assertThat(calls("[1000] syscall_0x3e8(0x1, 0x2)           = -1 ENOSYS (Function not implemented)"))
                .containsExactly(x86_64(1000));
    }

    private static Set<CallId> calls(String text) {
        return StraceLog.calls(text.lines(), Arch.X86_64);
    }

    private static CallId x86_64(int number) {
        return new CallId("x86_64", number);
    }
}
