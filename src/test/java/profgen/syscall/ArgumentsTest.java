package profgen.syscall;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentsTest {
    @ParameterizedTest
    @CsvSource({
        "X86_64, personality, 0, 32",
        "X86_64, socket, 0, 32",
        "X86_64, clone, 0, 32",
        "X86_64, ioctl, 1, 32",
        "X86_64, ioctl, 2, 64",
        "X86_64, mkdir, 1, 32",
        "X86_64, mount, 3, 64",
        "X86_64, get_mempolicy, 4, 64",
        "LOONGARCH64, prctl, 0, 32",
        "LOONGARCH64, prctl, 1, 64",
        "I386, mount, 3, 32",
        "X86_64, nosuchcall, 0, 64"
    })
    void the_kernel_reads_so_many_bits(Abi abi, String call, int index, int bits) {
        assertThat(ArgumentWidths.bits(abi, call, index)).isEqualTo(bits);
    }

    @Test
    void watched_arguments_are_in_the_order_of_a_recorded_tuple() {
        assertThat(WatchedArguments.of("socket")).containsExactly(0, 1, 2);
        assertThat(WatchedArguments.of("mbind")).containsExactly(2, 5);
        assertThat(WatchedArguments.of("clone3")).containsExactly(0);
        assertThat(WatchedArguments.of("socketcall")).containsExactly(0, 1, 2, 3);
        assertThat(WatchedArguments.of("read")).isEmpty();
    }

    @Test
    void every_watched_argument_is_described() {
        for (List<String> row : ResourceTable.rows("syscall/watched.tsv", 2)) {
            String call = row.get(0);
            assertThat(SyscallTable.isKnown(call)).as(call).isTrue();
            // The last two of socketcall's values are of whichever call it stands for.
            boolean isSocketcall = call.equals("socketcall");
            for (int index : isSocketcall ? List.of(0, 1, 2) : WatchedArguments.of(call)) {
                boolean described = !ArgumentKind.of(call, index).isEmpty();
                assertThat(described).as("%s %d", call, index).isEqualTo(!call.equals("socketpair") || index < 2);
            }
        }
    }
}
