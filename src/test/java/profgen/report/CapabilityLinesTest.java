package profgen.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import profgen.capability.Capability;
import profgen.capability.CapabilitySet;
import profgen.recording.Call;
import profgen.recording.CallId;
import profgen.recording.CapabilityUse;
import profgen.recording.Ledger;
import profgen.recording.Recording;
import profgen.recording.Run;
import profgen.syscall.Arch;

class CapabilityLinesTest {
    private static final CallId SETPRIORITY = new CallId("x86_64", 141);
    private static final CallId CHROOT = new CallId("x86_64", 161);

    private static final CapabilityUse CHROOT_USED =
            new CapabilityUse(Capability.CAP_SYS_CHROOT, true, CHROOT, "/usr/sbin/chroot");

    private static CapabilityLines.Gate gate(String call, Capability opener, boolean liftable) {
        return new CapabilityLines.Gate(call, List.of(CapabilitySet.of(List.of(opener))), opener, liftable);
    }

    @Test
    void a_workload_that_used_none_needs_none_of_dockers() {
        assertThat(CapabilityLines.section(recording(List.of()), List.of())).isEqualTo("""
                        capabilities
                          used: none
                          none of Docker's 14 was used
                          enough: docker run --cap-drop ALL ...
                        """);
    }

    @Test
    void what_was_used_is_added_again_and_what_was_refused_is_not() {
        List<CapabilityUse> uses =
                List.of(new CapabilityUse(Capability.CAP_SYS_NICE, false, SETPRIORITY, "/usr/bin/nice"), CHROOT_USED);
        assertThat(CapabilityLines.section(recording(uses, call(CHROOT, 0)), List.of()))
                .contains("used: SYS_CHROOT, in chroot of /usr/sbin/chroot\n")
                .contains("refused: SYS_NICE, in setpriority of /usr/bin/nice\n")
                .contains("of Docker's 14 these were never used: CHOWN DAC_OVERRIDE ")
                .contains("enough: docker run --cap-drop ALL --cap-add SYS_CHROOT ...\n");
        assertThat(CapabilityLines.brief(recording(uses), List.of())).startsWith("used: SYS_CHROOT");
    }

    @Test
    void what_the_profiles_gates_ask_for_is_added_too_and_a_gate_that_can_be_dropped_is_named() {
        List<CapabilityLines.Gate> gates = List.of(
                gate("chroot", Capability.CAP_SYS_CHROOT, false),
                gate("get_mempolicy", Capability.CAP_SYS_NICE, true),
                gate("unshare", Capability.CAP_SYS_ADMIN, false));
        assertThat(CapabilityLines.section(recording(List.of(CHROOT_USED)), gates))
                .contains("Docker's gate of get_mempolicy on CAP_SYS_NICE is Docker's own: --gates observed drops it\n")
                .doesNotContain("gate of unshare")
                .contains(
                        "enough: docker run --cap-drop ALL --cap-add SYS_CHROOT --cap-add SYS_ADMIN --cap-add SYS_NICE ...\n");
    }

    @Test
    void where_the_recorder_missed_what_was_asked_for_there_is_no_advice() {
        Run missed = run("0", List.of(CHROOT_USED), true)
                .with(List.of(), List.of(new Run.LedgerEntry(Ledger.CAPABILITY_UNSEEN, "3 runs of a program")));
        assertThat(CapabilityLines.brief(new Recording(List.of(missed)), List.of()))
                .containsExactly("used: SYS_CHROOT, as far as was seen");
    }

    @Test
    void an_incomplete_recording_or_one_of_which_a_run_saw_none_shows_what_was_seen_and_gives_no_advice() {
        Run unseen = run("1", null, true, call(SETPRIORITY, 1));
        Recording partly = new Recording(List.of(run("0", List.of(CHROOT_USED), true), unseen));
        assertThat(CapabilityLines.section(partly, List.of())).isEqualTo("""
                        capabilities
                          used: SYS_CHROOT, in chroot of /usr/sbin/chroot
                          refused, inferred from EPERM: SYS_NICE, in setpriority of /usr/bin/workload
                        """);
        assertThat(CapabilityLines.brief(partly, List.of())).containsExactly("used: SYS_CHROOT, as far as was seen");
        Recording lossy = new Recording(List.of(run("0", List.of(), false)));
        assertThat(CapabilityLines.section(lossy, List.of()))
                .isEqualTo("capabilities\n  used: none, as far as was seen\n");
    }

    @Test
    void without_sight_of_them_a_refusal_is_inferred_and_said_to_be() {
        assertThat(CapabilityLines.section(recording(null, call(SETPRIORITY, 1), call(CHROOT, 0)), List.of()))
                .isEqualTo(
                        "capabilities\n  refused, inferred from EPERM: SYS_NICE, in setpriority of /usr/bin/workload\n");
        assertThat(CapabilityLines.section(recording(null, call(CHROOT, 0)), List.of()))
                .isEmpty();
        assertThat(CapabilityLines.brief(recording(null, call(SETPRIORITY, 1)), List.of()))
                .isEmpty();
    }

    private static Call call(CallId id, int errors) {
        TreeMap<Integer, Long> errnos = new TreeMap<>();
        if (errors > 0) {
            errnos.put(1, (long) errors);
        }
        return new Call("/usr/bin/workload", id, 1L, errnos, new Call.FirstSight(1, 1, "workload"), null);
    }

    private static Recording recording(@Nullable List<CapabilityUse> uses, Call... calls) {
        return new Recording(List.of(run("0", uses, true, calls)));
    }

    private static Run run(String id, @Nullable List<CapabilityUse> uses, boolean complete, Call... calls) {
        Run.Provenance from = new Run.Provenance(
                0, "0.1.0", "ebpf", "sandbox", List.of(), Arch.X86_64, "6.18.0", List.of("workload"));
        Run.Outcome outcome = new Run.Outcome(1L, 0, null, 1L, 1L);
        return new Run(
                id.repeat(32),
                from,
                null,
                outcome,
                List.of(),
                complete,
                Stream.of(calls).toList(),
                uses);
    }
}
