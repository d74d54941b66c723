package profgen.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import profgen.capability.Capability;
import profgen.recording.Call;
import profgen.recording.CallId;
import profgen.recording.CapabilityUse;
import profgen.recording.Recording;
import profgen.recording.Run;
import profgen.syscall.Arch;

class CapabilityLinesTest {
    private static final CallId SETPRIORITY = new CallId("x86_64", 141);
    private static final CallId GET_MEMPOLICY = new CallId("x86_64", 239);
    private static final CallId CHROOT = new CallId("x86_64", 161);

    @Test
    void a_workload_that_used_none_needs_none_of_dockers_and_no_gate_of_dockers_own() {
        assertThat(CapabilityLines.section(recording(List.of(), call(GET_MEMPOLICY, 0))))
                .isEqualTo("""
                        capabilities
                          used: none
                          Docker's gate of get_mempolicy on CAP_SYS_NICE is Docker's own: --gates observed drops it
                          none of Docker's 14 was used
                          enough: docker run --cap-drop ALL ...
                        """);
    }

    @Test
    void what_was_used_is_added_again_and_what_was_refused_is_not() {
        List<CapabilityUse> uses = List.of(
                new CapabilityUse(Capability.CAP_SYS_NICE, false, SETPRIORITY, "/usr/bin/nice"),
                new CapabilityUse(Capability.CAP_SYS_CHROOT, true, CHROOT, "/usr/sbin/chroot"));
        assertThat(CapabilityLines.section(recording(uses, call(CHROOT, 0))))
                .contains("used: SYS_CHROOT, in chroot of /usr/sbin/chroot\n")
                .contains("refused: SYS_NICE, in setpriority of /usr/bin/nice\n")
                .contains("of Docker's 14 these were never used: CHOWN DAC_OVERRIDE ")
                .contains("enough: docker run --cap-drop ALL --cap-add SYS_CHROOT ...\n");
        assertThat(CapabilityLines.brief(recording(uses))).startsWith("used: SYS_CHROOT");
    }

    @Test
    void without_sight_of_them_a_refusal_is_inferred_and_said_to_be() {
        assertThat(CapabilityLines.section(recording(null, call(SETPRIORITY, 1), call(CHROOT, 0))))
                .isEqualTo(
                        "capabilities\n  refused, inferred from EPERM: SYS_NICE, in setpriority of /usr/bin/workload\n");
        assertThat(CapabilityLines.section(recording(null, call(CHROOT, 0)))).isEmpty();
        assertThat(CapabilityLines.brief(recording(null, call(SETPRIORITY, 1)))).isEmpty();
    }

    private static Call call(CallId id, int errors) {
        TreeMap<Integer, Long> errnos = new TreeMap<>();
        if (errors > 0) {
            errnos.put(1, (long) errors);
        }
        return new Call("/usr/bin/workload", id, 1L, errnos, new Call.FirstSight(1, 1, "workload"), null);
    }

    private static Recording recording(@Nullable List<CapabilityUse> uses, Call... calls) {
        Run.Provenance from = new Run.Provenance(
                0, "0.1.0", "ebpf", "sandbox", List.of(), Arch.X86_64, "6.18.0", List.of("workload"));
        Run.Outcome outcome = new Run.Outcome(1L, 0, null, 1L, 1L);
        return new Recording(List.of(new Run(
                "0".repeat(32),
                from,
                null,
                outcome,
                List.of(),
                true,
                Stream.of(calls).toList(),
                uses)));
    }
}
