package profgen.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import profgen.Requires;
import profgen.capability.CapabilitySet;
import profgen.recording.Run;

/** What a workload finds in the built-in container, through the command that people call. */
class SandboxIT {
    @TempDir
    private Path folder;

    private Recorder recorder;

    @BeforeEach
    void files() {
        Recorder.requireSandbox();
        recorder = new Recorder(folder);
    }

    @Test
    void the_workload_is_the_second_process_and_an_init_the_first() {
        assertThat(recorder.record(0, List.of("--engine", "sandbox"), "sh", "-c", "echo $$ $PPID")
                        .out())
                .isEqualTo("2 1\n");
    }

    @Test
    void with_pid1_the_workload_is_the_first_process() {
        assertThat(recorder.record(0, List.of("--engine", "sandbox", "--pid1"), "sh", "-c", "echo $$")
                        .out())
                .isEqualTo("1\n");
    }

    @Test
    void without_a_network_there_is_only_the_loopback_interface() {
        Ended ended = recorder.record(0, List.of("--network", "none"), "cat", "/proc/net/dev");
        assertThat(ended.out().lines().skip(2)).singleElement().asString().contains("lo:");
    }

    @Test
    void another_user_has_no_capabilities_and_may_not_regain_any() throws IOException {
        Requires.root();
        Ended ended = recorder.record(0, List.of("--user", "1234:4321"), "sh", "-c", "id -u; id -g; id -G");
        assertThat(ended.out()).isEqualTo("1234\n4321\n4321\n");
        Run.StartState start = start();
        assertThat(start.uid()).isEqualTo(1234);
        assertThat(start.effective()).isEqualTo(CapabilitySet.NONE);
    }

    @Test
    void root_has_dockers_capabilities_and_what_is_added() throws IOException {
        Requires.root();
        recorder.record(0, List.of(), "true");
        assertThat(start().bounding()).isEqualTo(CapabilitySet.DOCKER_DEFAULT);
        assertThat(start().effective()).isEqualTo(CapabilitySet.DOCKER_DEFAULT);
        assertThat(start().seccompMode()).isZero();
    }

    @Test
    void a_read_only_file_system_cannot_be_written_to() {
        Path file = folder.resolve("new");
        recorder.record(1, List.of("--read-only"), "touch", file.toString());
        assertThat(file).doesNotExist();
    }

    @Test
    void the_workloads_streams_environment_and_limits_are_the_callers() throws IOException {
        List<String> report = List.of(
                "sh",
                "-c",
                "cat; echo to-stderr >&2; ulimit -Sn; ulimit -Hn; umask; pwd; grep -E '^Sig(Blk|Ign)' /proc/self/status");
        Path input = Files.writeString(folder.resolve("input"), "from stdin\n");
        Ended plain = BoundedCommand.of(report).in(folder).reading(input).run().hasStatus(0);
        Ended recorded =
                recorder.command(List.of(), report).reading(input).run().hasStatus(0);
        assertThat(recorded.out()).isEqualTo(plain.out());
        assertThat(recorded.err()).startsWith("to-stderr\n");
    }

    @Test
    void a_workloads_end_is_passed_on() {
        recorder.record(7, List.of(), "sh", "-c", "exit 7");
        recorder.record(128 + 15, List.of(), "sh", "-c", "kill -TERM $$");
        recorder.record(127, List.of(), "no-such-command");
        recorder.record(126, List.of(), "/etc/passwd");
    }

    private Run.StartState start() throws IOException {
        return Objects.requireNonNull(recorder.run().start());
    }
}
