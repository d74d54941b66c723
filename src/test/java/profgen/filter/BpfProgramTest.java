package profgen.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import profgen.BadInputException;
import profgen.profile.Action;
import profgen.syscall.Abi;

class BpfProgramTest {
    private static final int ALLOW = 0x7FFF0000;

    /** Errno 1 for a call number 41 whose argument 0 has 40 in its low word; allows the rest. */
    private static final BpfProgram SOCKET =
            program("20 0 0 0", "15 0 3 29", "20 0 0 10", "15 0 1 28", "6 0 0 50001", "6 0 0 7fff0000");

    private static BpfProgram program(String... lines) {
        return new BpfProgram(
                List.of(lines).stream().map(BpfProgramTest::instruction).toList());
    }

    /** Hexadecimal: code, jump if true, jump if false, k. */
    private static BpfInstruction instruction(String line) {
        String[] parts = line.split(" ", -1);
        return new BpfInstruction(
                Integer.parseInt(parts[0], 16),
                Integer.parseInt(parts[1], 16),
                Integer.parseInt(parts[2], 16),
                Integer.parseUnsignedInt(parts[3], 16));
    }

    @Test
    void a_run_answers_by_number_and_low_word() {
        assertThat(SOCKET.outcome(Abi.X86_64, 41, 40)).isEqualTo(Outcome.errno(1));
        assertThat(SOCKET.outcome(Abi.X86_64, 41, 0x500000028L)).isEqualTo(Outcome.errno(1));
        assertThat(SOCKET.outcome(Abi.X86_64, 41, 41)).isEqualTo(Outcome.ALLOW);
        assertThat(SOCKET.outcome(Abi.X86_64, 42, 40)).isEqualTo(Outcome.ALLOW);
        assertThat(SOCKET.outcome(Abi.X32, 41, 40)).as("bit 30 is set").isEqualTo(Outcome.ALLOW);
    }

    @Test
    void its_regions_hold_what_its_runs_answer() {
        Regions regions = new Regions();
        Region denied = SOCKET.regions(Abi.X86_64, 41, regions).getOrDefault(Outcome.errno(1), regions.none());
        assertThat(denied.contains(0x500000028L)).isTrue();
        assertThat(denied.contains(41)).isFalse();
        assertThat(SOCKET.regions(Abi.X86_64, 42, regions)).containsOnlyKeys(Outcome.ALLOW);
    }

    @Test
    void bytes_are_read_and_written_alike() {
        assertThat(BpfProgram.parse(SOCKET.toBytes())).isEqualTo(SOCKET);
        assertThatThrownBy(() -> BpfProgram.parse(new byte[7])).isInstanceOf(BadInputException.class);
    }

    @Test
    void arithmetic_memory_and_the_index_register_work() {
        BpfProgram program = program(
                "20 0 0 10",
                "2 0 0 3",
                "0 0 0 5",
                "7 0 0 0",
                "60 0 0 3",
                "c 0 0 0",
                "24 0 0 3",
                "74 0 0 1",
                "16 0 0 0");
        assertThat(program.run(SeccompData.of(Abi.X86_64, 0, 7))).isEqualTo(18);
    }

    @Test
    void a_division_by_an_index_of_zero_ends_with_zero() {
        assertThat(program("20 0 0 10", "1 0 0 0", "3c 0 0 0", "6 0 0 7fff0000").run(SeccompData.of(Abi.X86_64, 0, 7)))
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "20 0 0 2,load at offset 2",
        "20 0 0 40,load at offset 64",
        "28 0 0 0,unknown code 0x28",
        "15 1 0 0,jump out of the program",
        "5 0 0 1,jump out of the program",
        "5 0 0 ffffffff,jump out of the program",
        "34 0 0 0,division by zero",
        "64 0 0 20,shift by 32",
        "2 0 0 10,memory word 16",
        "94 0 0 1,unknown code 0x94",
    })
    void what_the_kernel_refuses_is_refused(String line, String problem) {
        assertThatThrownBy(() -> program(line, "6 0 0 0"))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("instruction 0: " + problem);
    }

    @Test
    void a_program_that_does_not_end_with_a_return_is_refused() {
        assertThatThrownBy(() -> program("0 0 0 0")).hasMessageContaining("the last instruction does not return");
        assertThatThrownBy(() -> new BpfProgram(List.of())).hasMessageContaining("0 instructions");
        assertThatThrownBy(() -> new BpfProgram(Collections.nCopies(4097, instruction("6 0 0 0"))))
                .hasMessageContaining("4097 instructions");
    }

    @Test
    void an_i386_argument_has_no_upper_half() {
        BpfProgram upper = program("20 0 0 14", "16 0 0 0");
        assertThat(upper.run(SeccompData.of(Abi.I386, 0, 0x700000001L))).isZero();
        assertThat(upper.run(SeccompData.of(Abi.X86_64, 0, 0x700000001L))).isEqualTo(7);
    }

    @Test
    void the_answers_of_the_kernel_are_told_apart() {
        for (Action action : Action.values()) {
            Outcome outcome = new Outcome(action, 7);
            assertThat(Outcome.ofReturnValue(outcome.returnValue())).isEqualTo(outcome);
        }
        assertThat(Outcome.ofReturnValue(0x12340000))
                .as("unknown to the kernel")
                .isEqualTo(Outcome.KILL_PROCESS);
        assertThat(Outcome.ofReturnValue(0x0005FFFF)).isEqualTo(Outcome.errno(4095));
        assertThat(Outcome.ofReturnValue(ALLOW)).isEqualTo(Outcome.ALLOW);
        assertThat(Outcome.KILL_PROCESS).isLessThan(Outcome.KILL_THREAD).isLessThan(Outcome.ALLOW);
    }
}
