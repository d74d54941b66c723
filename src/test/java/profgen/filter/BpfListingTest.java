package profgen.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import profgen.profile.Action;
import profgen.profile.Profile;
import profgen.profile.Rule;
import profgen.syscall.Abi;
import profgen.syscall.Arch;

class BpfListingTest {
    private static final int ALLOW = 0x7FFF0000;

    private static BpfInstruction line(int code, int jumpTrue, int jumpFalse, int k) {
        return new BpfInstruction(code, jumpTrue, jumpFalse, k);
    }

    @Test
    void jumps_name_their_targets_and_numbers_their_calls() {
        BpfProgram program = new BpfProgram(List.of(
                line(0x20, 0, 0, 4),
                line(0x15, 0, 6, 0xC000003E),
                line(0x20, 0, 0, 0),
                line(0x35, 4, 0, 0x40000000),
                line(0x15, 0, 2, 41),
                line(0x20, 0, 0, 16),
                line(0x15, 2, 0, 40),
                line(0x06, 0, 0, ALLOW),
                line(0x06, 0, 0, 0),
                line(0x06, 0, 0, 0x50001)));
        assertThat(BpfListing.of(program)).isEqualTo("""
                0  A = architecture
                1  if A == 0xc000003e (x86_64) else 8
                2  A = number
                3  if A >= 0x40000000 goto 8
                4  if A == 0x29 (socket) else 7
                5  A = argument 0, lower half
                6  if A == 0x28 goto 9
                7  return allow
                8  return kill the thread (SIGSYS)
                9  return errno 1 (EPERM)
                """);
    }

    @Test
    void a_number_is_named_only_where_every_way_has_loaded_it_for_one_architecture() {
        BpfProgram program = new BpfProgram(List.of(
                line(0x20, 0, 0, 4),
                line(0x15, 0, 1, 0x40000003),
                line(0x20, 0, 0, 0),
                line(0x15, 0, 1, 102),
                line(0x06, 0, 0, ALLOW),
                line(0x06, 0, 0, 0x80000000)));
        assertThat(BpfListing.of(program))
                .contains("1  if A == 0x40000003 (i386) else 3\n", "3  if A == 0x66 else 5\n");
    }

    @Test
    void runcs_own_answer_is_named_for_each_abi() {
        Profile profile = new Profile(
                Action.ERRNO,
                null,
                List.of(),
                List.of("SCMP_ARCH_X86", "SCMP_ARCH_X32"),
                null,
                null,
                null,
                List.of(Rule.allow(List.of("openat2"), "")));
        Filter filter = Resolver.resolve(profile, Host.docker(Arch.X86_64));
        Compiled.Program whole = (Compiled.Program) EnosysStub.prepend(filter, BpfProgram.allowing(), List.of());
        assertThat(BpfListing.of(whole.program()))
                .contains("if A > 0x1b5 (openat2) else", "if A > 0x400001b5 (openat2) else", "(i386)");
    }

    @Test
    void every_instruction_has_words() {
        BpfProgram program = new BpfProgram(List.of(
                line(0x00, 0, 0, 5),
                line(0x80, 0, 0, 0),
                line(0x02, 0, 0, 3),
                line(0x60, 0, 0, 3),
                line(0x07, 0, 0, 0),
                line(0x87, 0, 0, 0),
                line(0x01, 0, 0, 7),
                line(0x61, 0, 0, 3),
                line(0x03, 0, 0, 4),
                line(0x54, 0, 0, 0xFF),
                line(0x0C, 0, 0, 0),
                line(0x84, 0, 0, 0),
                line(0x20, 0, 0, 12),
                line(0x1D, 0, 1, 0),
                line(0x05, 0, 0, 0),
                line(0x16, 0, 0, 0)));
        assertThat(BpfListing.of(program).lines().map(text -> text.substring(4)))
                .containsExactly(
                        "A = 0x5",
                        "A = 64",
                        "M[3] = A",
                        "A = M[3]",
                        "X = A",
                        "A = X",
                        "X = 0x7",
                        "X = M[3]",
                        "M[4] = X",
                        "A &= 0xff",
                        "A += X",
                        "A = -A",
                        "A = instruction pointer, upper half",
                        "if A == X else 15",
                        "goto 15",
                        "return A");
    }

    @Test
    void the_bit_of_x32_is_no_call_unless_the_number_is_equal_to_it() {
        BpfProgram program = new BpfProgram(List.of(
                line(0x20, 0, 0, 4),
                line(0x15, 0, 4, Abi.X86_64.auditArch()),
                line(0x20, 0, 0, 0),
                line(0x35, 0, 1, Abi.X32_BIT),
                line(0x15, 0, 1, Abi.X32_BIT),
                line(0x06, 0, 0, 0x7FFF0000),
                line(0x06, 0, 0, 0)));
        assertThat(BpfListing.of(program)).contains("if A >= 0x40000000 else", "if A == 0x40000000 (read) else");
    }
}
