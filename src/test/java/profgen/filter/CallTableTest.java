package profgen.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.util.List;
import org.junit.jupiter.api.Test;
import profgen.filter.CallTable.Row;
import profgen.profile.Baseline;
import profgen.syscall.Abi;
import profgen.syscall.Arch;

class CallTableTest {
    private static final int READ_ARGUMENT_0 = 16;

    @Test
    void the_answer_to_numbers_without_a_name_is_the_usual_one() {
        Filter docker = Resolver.resolve(Baseline.dockerDefault(), Host.docker(Arch.X86_64));
        CallTable calls = CallTable.of(docker, Abi.X86_64);

        assertThat(calls.usual()).contains(Outcome.errno(1));
        assertThat(calls.isDecided()).isTrue();
        assertThat(calls.unusual())
                .extracting(Row::name)
                .contains("read", "clone", "")
                .doesNotContain("mount");
        assertThat(row(calls, "clone").parts().keySet()).containsExactly(Outcome.ALLOW, Outcome.errno(1));
        assertThat(row(calls, "clone3").always()).contains(Outcome.errno(38));
        Row end = calls.rows().get(calls.rows().size() - 1);
        assertThat(end.last()).isEqualTo(Abi.X32_BIT - 1);
        assertThat(end.always()).contains(Outcome.errno(38));
    }

    @Test
    void numbers_that_a_program_asks_for_above_all_names_stand_out() {
        FilterStack stack = new FilterStack(List.of(denying(5000)));
        assertThat(CallTable.of(stack, Abi.X86_64).unusual()).singleElement().satisfies(row -> {
            assertThat(row.first()).isEqualTo(5000);
            assertThat(row.last()).isEqualTo(5000);
            assertThat(row.always()).contains(Outcome.errno(1));
        });
        assertThat(CallTable.of(stack, Abi.X32).unusual()).isEmpty();
    }

    @Test
    void where_numbers_without_a_name_differ_nothing_is_usual() {
        CallTable calls = CallTable.of(denying(400), Abi.X86_64);
        assertThat(calls.usual()).isEmpty();
        assertThat(calls.unusual()).isEqualTo(calls.rows());
        assertThat(calls.rows())
                .filteredOn(row -> row.name().isEmpty() && row.first() < 424)
                .extracting(Row::first, Row::last)
                .contains(tuple(400, 400), tuple(401, 423));
    }

    @Test
    void what_only_a_run_can_tell_is_undecided() {
        BpfInstruction pointer = load(8);
        CallTable calls =
                CallTable.of(new BpfProgram(List.of(pointer, answer(Outcome.ALLOW.returnValue()))), Abi.X86_64);
        assertThat(calls.isDecided()).isFalse();
        assertThat(row(calls, "read").undecided()).contains("instruction pointer");
        assertThat(row(calls, "read").always()).isEmpty();
    }

    /** The upper half of argument 0, which a call of i386 has not got. */
    @Test
    void arguments_that_a_call_cannot_have_are_left_out() {
        BpfInstruction same = new BpfInstruction(BpfInstruction.JUMP | BpfInstruction.JUMP_EQUAL, 0, 1, 7);
        BpfProgram upper = new BpfProgram(
                List.of(load(READ_ARGUMENT_0 + 4), same, answer(0), answer(Outcome.ALLOW.returnValue())));
        assertThat(CallTable.of(upper, Abi.I386).usual()).contains(Outcome.ALLOW);
        assertThat(row(CallTable.of(upper, Abi.X86_64), "read").parts().keySet())
                .containsExactly(Outcome.ALLOW, Outcome.KILL_THREAD);
    }

    private static Row row(CallTable calls, String name) {
        return calls.rows().stream()
                .filter(row -> row.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static BpfInstruction load(int offset) {
        return new BpfInstruction(BpfInstruction.LOAD | BpfInstruction.MODE_ABSOLUTE, 0, 0, offset);
    }

    private static BpfInstruction answer(int value) {
        return new BpfInstruction(BpfInstruction.RETURN, 0, 0, value);
    }

    private static BpfProgram denying(int number) {
        BpfInstruction same = new BpfInstruction(BpfInstruction.JUMP | BpfInstruction.JUMP_EQUAL, 0, 1, number);
        return new BpfProgram(
                List.of(load(0), same, answer(Outcome.errno(1).returnValue()), answer(Outcome.ALLOW.returnValue())));
    }
}
