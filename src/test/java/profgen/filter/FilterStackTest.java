package profgen.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import profgen.profile.Action;
import profgen.syscall.Abi;

class FilterStackTest {
    private static final int GETSID = 124;
    private static final int MPROTECT = 10;

    private static final BpfProgram NOTHING = new BpfProgram(List.of(answer(Outcome.ALLOW.returnValue())));

    @ParameterizedTest(name = "{0} above {1}")
    @CsvSource({
        "7fff0000, 50001, 50001",
        "50001, 7fff0000, 50001",
        "50001, 50002, 50001",
        "50002, 50001, 50002",
        "30000, 50001, 30000",
        "0, 80000000, 80000000",
        "80000000, 0, 80000000",
        "7ff00003, 7fc00000, 7fc00000",
        "7ffc0000, 7fff0000, 7ffc0000",
        "60000000, 50001, 50001",
    })
    void the_strictest_action_holds_and_of_equal_ones_the_newest_filters_data(
            String newest, String oldest, String result) {
        FilterStack stack = new FilterStack(List.of(denying(GETSID, bits(newest)), denying(GETSID, bits(oldest))));
        Outcome expected = Outcome.ofReturnValue(bits(result));
        Regions regions = new Regions();

        assertThat(stack.outcome(Abi.X86_64, GETSID)).isEqualTo(expected);
        assertThat(stack.regions(Abi.X86_64, GETSID, regions)).isEqualTo(Map.of(expected, regions.all()));
        assertThat(stack.outcome(Abi.X86_64, GETSID + 1)).isEqualTo(Outcome.ALLOW);
    }

    @Test
    void each_filter_takes_its_own_arguments_away() {
        Outcome fault = Outcome.errno(14);
        FilterStack stack = new FilterStack(List.of(denyingBit(4, Outcome.errno(1)), denyingBit(1, fault)));
        Regions regions = new Regions();
        Map<Outcome, Region> parts = stack.regions(Abi.X86_64, MPROTECT, regions);

        assertThat(parts).containsOnlyKeys(Outcome.ALLOW, Outcome.errno(1), fault);
        for (long protection = 0; protection < 8; protection++) {
            Outcome expected = stack.outcome(Abi.X86_64, MPROTECT, 0, 0, protection);
            long value = protection;
            parts.forEach((outcome, region) ->
                    assertThat(region.contains(0, 0, value)).isEqualTo(outcome.equals(expected)));
        }
    }

    @Test
    void without_a_filter_all_is_allowed() {
        Regions regions = new Regions();
        FilterStack none = new FilterStack(List.of());
        assertThat(none.outcome(Abi.X32, 1)).isEqualTo(Outcome.ALLOW);
        assertThat(none.regions(Abi.I386, 1, regions)).isEqualTo(Map.of(Outcome.ALLOW, regions.all()));
        assertThat(none.numbers(Abi.X86_64)).isEmpty();
        assertThat(NOTHING.numbers(Abi.X86_64)).isEmpty();
    }

    @Test
    void a_program_that_computes_with_the_number_is_undecided_where_numbers_have_no_name() {
        int first = 5000;
        for (BpfInstruction computing : List.of(
                new BpfInstruction(BpfInstruction.JUMP | BpfInstruction.JUMP_SET, 0, 1, 0x1000),
                new BpfInstruction(BpfInstruction.ALU | BpfInstruction.AND, 0, 0, 0x1000))) {
            FilterStack stack = new FilterStack(List.of(afterTheNumber(computing)));
            assertThat(stack.numbers(Abi.X86_64)).hasSizeGreaterThan(0);
            assertThat(CallTable.of(stack, Abi.X86_64).isDecided()).isFalse();
            assertThat(stack.outcome(Abi.X86_64, 0)).isNotNull();
            assertThatThrownBy(() -> stack.regions(Abi.X86_64, first, new Regions()))
                    .isInstanceOf(Undecided.class);
        }
        BpfInstruction ofX32 = new BpfInstruction(BpfInstruction.JUMP | BpfInstruction.JUMP_SET, 0, 1, Abi.X32_BIT);
        assertThat(CallTable.of(new FilterStack(List.of(afterTheNumber(ofX32))), Abi.X86_64)
                        .isDecided())
                .isTrue();
    }

    private static BpfProgram afterTheNumber(BpfInstruction next) {
        return new BpfProgram(List.of(
                new BpfInstruction(BpfInstruction.LOAD | BpfInstruction.MODE_ABSOLUTE, 0, 0, 0),
                next,
                new BpfInstruction(BpfInstruction.RETURN, 0, 0, Outcome.ALLOW.returnValue()),
                new BpfInstruction(BpfInstruction.RETURN, 0, 0, Outcome.errno(1).returnValue())));
    }

    @Test
    void it_tells_which_numbers_it_asks_for() {
        FilterStack stack = new FilterStack(List.of(denying(9999, 0), denying(Abi.X32_BIT | 8888, 0)));
        assertThat(stack.numbers(Abi.X86_64)).containsExactly(9999);
        assertThat(stack.numbers(Abi.X32)).containsExactly(8888);
    }

    @Test
    void strict_mode_leaves_four_calls() {
        assertThat(StrictMode.INSTANCE.outcome(Abi.X86_64, 15)).isEqualTo(Outcome.ALLOW);
        assertThat(StrictMode.INSTANCE.outcome(Abi.X86_64, 231)).isEqualTo(Outcome.KILL_THREAD);
        assertThat(StrictMode.INSTANCE.outcome(Abi.I386, 119)).as("sigreturn").isEqualTo(Outcome.ALLOW);
        assertThat(StrictMode.INSTANCE.outcome(Abi.I386, 173))
                .as("rt_sigreturn")
                .isEqualTo(Outcome.KILL_THREAD);
        assertThat(StrictMode.INSTANCE.outcome(Abi.X32, 0)).isEqualTo(Outcome.KILL_THREAD);
        assertThat(StrictMode.INSTANCE
                        .regions(Abi.LOONGARCH64, 63, new Regions())
                        .keySet())
                .extracting(Outcome::action)
                .containsExactly(Action.ALLOW);
    }

    private static int bits(String hexadecimal) {
        return Integer.parseUnsignedInt(hexadecimal, 16);
    }

    private static BpfInstruction answer(int value) {
        return new BpfInstruction(BpfInstruction.RETURN, 0, 0, value);
    }

    private static BpfInstruction load(int offset) {
        return new BpfInstruction(BpfInstruction.LOAD | BpfInstruction.MODE_ABSOLUTE, 0, 0, offset);
    }

    private static BpfProgram denying(int number, int value) {
        BpfInstruction same = new BpfInstruction(BpfInstruction.JUMP | BpfInstruction.JUMP_EQUAL, 0, 1, number);
        return new BpfProgram(List.of(load(0), same, answer(value), answer(Outcome.ALLOW.returnValue())));
    }

    /** Denies whatever has that bit in argument 2. */
    private static BpfProgram denyingBit(int bit, Outcome outcome) {
        BpfInstruction has = new BpfInstruction(BpfInstruction.JUMP | BpfInstruction.JUMP_SET, 0, 1, bit);
        return new BpfProgram(
                List.of(load(32), has, answer(outcome.returnValue()), answer(Outcome.ALLOW.returnValue())));
    }
}
