package profgen.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import profgen.Requires;
import profgen.recording.CapabilityUse;
import profgen.recording.Run;

/** A recording is the same whoever saw the calls. */
class BackendsAgreeIT {
    private static final String[] WORKLOAD = {
        "sh", "-c", "ls /proc/self/fd /nonexistent; numactl --show; (sleep 0.01; exit 3); exit 7"
    };

    @TempDir
    private static Path folder;

    private static Recorder recorder;

    @BeforeAll
    static void can_record() {
        Requires.root();
        Requires.command("numactl");
        recorder = new Recorder(folder);
    }

    @Test
    void ebpf_sees_the_calls_and_the_state_at_the_start_that_ptrace_sees() throws IOException {
        for (String engine : List.of("host", "sandbox")) {
            Run reference = record("ptrace", engine);
            Run other = record("ebpf", engine);
            assertThat(other.provenance().backend()).isEqualTo("ebpf");
            assertThat(Recorder.ids(other)).as(engine).isEqualTo(Recorder.ids(reference));
            assertThat(other.start()).isEqualTo(reference.start());
            assertThat(other.complete()).isTrue();
        }
    }

    @Test
    void the_capabilities_that_a_workload_really_used_are_told() throws IOException {
        Requires.orSkip(seesCapabilities(), "a kernel that tells of capabilities (6.14, with BTF)");
        assertThat(used("chroot", "/", "true")).containsExactly("CAP_SYS_CHROOT chroot");
        assertThat(used("nice", "-n", "-5", "true")).containsExactly("CAP_SYS_NICE setpriority");
        assertThat(used("numactl", "--show")).isEmpty();
        assertThat(used("sh", "-c", "head -c 9000000 /dev/zero > /dev/null; sort /etc/passwd > /dev/null"))
                .isEmpty();
    }

    private static boolean seesCapabilities() throws IOException {
        recorder.record(0, List.of("--tracer", "ebpf"), "true");
        return recorder.run().capabilityUses() != null;
    }

    private static List<String> used(String... workload) throws IOException {
        recorder.record(0, List.of("--tracer", "ebpf", "--cap-add", "SYS_NICE"), workload);
        return Objects.requireNonNull(recorder.run().capabilityUses()).stream()
                .filter(CapabilityUse::granted)
                .map(use -> use.capability() + " " + use.call().name().orElse("?"))
                .toList();
    }

    private static Run record(String backend, String engine) throws IOException {
        recorder.record(7, List.of("--tracer", backend, "--engine", engine), WORKLOAD);
        return recorder.run();
    }
}
