package profgen.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import profgen.Requires;
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

    private static Run record(String backend, String engine) throws IOException {
        recorder.record(7, List.of("--tracer", backend, "--engine", engine), WORKLOAD);
        return recorder.run();
    }
}
