package profgen.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import profgen.BadInputException;
import profgen.syscall.Abi;

class LiveProcessTest {
    /** Above the kernel's PID_MAX_LIMIT. */
    private static final int NOBODY = 4_194_305;

    @Test
    void this_process_is_read() {
        int own = Math.toIntExact(ProcessHandle.current().pid());
        LiveProcess process = LiveProcess.read(own);
        assertThat(process.process()).isEqualTo(own);
        assertThat(process.command()).first().asString().contains("java");
        assertThat(process.name()).isEqualTo("java");
        assertThat(process.mode()).isIn(0, 2);
        assertThat(process.capabilities().known()).isBetween(38, 64);
        assertThat(process.started()).matches("[0-9]+").isEqualTo(LiveProcess.started(own));
        assertThat(process.abi().map(Abi::isNative)).contains(true);
        assertThat(Threads.remarks(process)).isEmpty();
    }

    @Test
    void a_process_that_is_not_there_is_said_to_be_so() {
        assertThatThrownBy(() -> LiveProcess.read(NOBODY))
                .isInstanceOf(BadInputException.class)
                .hasMessage(NOBODY + ": there is no such process");
    }

    @Test
    void a_status_file_gives_texts_numbers_and_masks() {
        ProcFile status = ProcFile.parse("Name:\ta: b\nSeccomp:\t2\nCapBnd:\t000001ffffffffff\nOdd\n");
        assertThat(status.text("Name")).isEqualTo("a: b");
        assertThat(status.number("Seccomp")).isEqualTo(2);
        assertThat(status.number("Seccomp_filters")).isZero();
        assertThat(status.mask("CapBnd")).isEqualTo(0x1ffffffffffL);
        assertThat(status.mask("CapAmb")).isZero();
    }

    @ParameterizedTest
    @CsvSource({"2,62,X86_64", "1,62,X32", "1,3,I386", "2,258,LOONGARCH64", "2,183,"})
    void the_executables_header_says_which_calls_it_makes(int elfClass, int machine, Abi expected) {
        byte[] header = new byte[20];
        header[4] = (byte) elfClass;
        header[18] = (byte) machine;
        header[19] = (byte) (machine >>> 8);
        assertThat(LiveProcess.abi(header)).isEqualTo(Optional.ofNullable(expected));
        assertThat(LiveProcess.abi(new byte[3])).isEmpty();
    }
}
