package profgen.diff;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import profgen.filter.BpfProgram;
import profgen.filter.Engine;
import profgen.filter.EngineKind;
import profgen.filter.FilterStack;
import profgen.filter.Host;
import profgen.filter.StrictMode;
import profgen.filter.Verdicts;
import profgen.profile.Baseline;
import profgen.syscall.Arch;

/** What a live process runs under, against a profile. */
class FixedSideTest {
    private static final String ALLOW = "060000000000ff7f";
    private static final String EPERM = "0600000001000500";
    private static final String LOAD_NUMBER = "2000000000000000";
    private static final String LOAD_INSTRUCTION_POINTER = "2000000008000000";

    @Test
    void no_filter_means_unconfined() {
        assertThat(compare("unconfined", new FilterStack(List.of())).isEqual()).isTrue();
        assertThat(compare("unconfined", program(ALLOW)).isEqual()).isTrue();
    }

    @Test
    void a_number_that_no_table_has_is_compared_too() {
        /* errno 1 for number 5000 = 0x1388 */
        Verdicts live = program(LOAD_NUMBER, "1500000188130000", EPERM, ALLOW);
        assertThat(compare("unconfined", live).changes()).singleElement().satisfies(change -> {
            assertThat(change.subject()).isEqualTo(CallChange.UNNAMED);
            assertThat(change.kind()).isEqualTo("denied");
            assertThat(change.where()).containsExactly("x86_64", "i386");
            assertThat(change.witness().orElseThrow().inWords()).startsWith("5000(");
        });
    }

    @Test
    void a_program_that_only_a_run_can_tell_about_is_undecided() {
        Comparison comparison = compare("unconfined", program(LOAD_INSTRUCTION_POINTER, ALLOW));
        assertThat(comparison.changes()).isEmpty();
        assertThat(comparison.undecided())
                .extracting(Comparison.Undecided::call)
                .contains("read", "write");
    }

    @Test
    void strict_mode_is_the_baseline_and_lets_four_calls_of_the_other_abi_through() {
        assertThat(compare("strict", StrictMode.INSTANCE).changes())
                .singleElement()
                .satisfies(change -> {
                    assertThat(change.kind()).isEqualTo("abi-opened");
                    assertThat(change.inWords()).isEqualTo("the ABI i386 is opened: 4 of its calls are allowed");
                });
    }

    private static Comparison compare(String baseline, Verdicts live) {
        Side written = new Side.OfProfile(baseline, Baseline.named(baseline).orElseThrow());
        Host plain = Host.docker(Arch.X86_64).withEngine(new Engine(EngineKind.CRUN, null));
        return Comparer.compare(written, new Side.Fixed("live", live), HostChoice.only(List.of(plain)));
    }

    private static Verdicts program(String... instructions) {
        return BpfProgram.parse(HexFormat.of().parseHex(String.join("", instructions)));
    }
}
