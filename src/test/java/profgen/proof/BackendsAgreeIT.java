package profgen.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import profgen.Requires;
import profgen.recording.CallId;
import profgen.recording.CapabilityUse;
import profgen.recording.Ledger;
import profgen.recording.Recording;
import profgen.recording.Run;
import profgen.recording.Summary;
import profgen.recording.Total;

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

    @ParameterizedTest
    @ValueSource(strings = {"ebpf", "late", "notify"})
    void each_sees_the_calls_and_the_state_at_the_start_that_ptrace_sees(String backend) throws IOException {
        recorder.requires(backend);
        for (String engine : List.of("host", "sandbox")) {
            Run reference = record("ptrace", engine);
            Run other = record(backend, engine);
            assertThat(other.provenance().backend()).isEqualTo(backend);
            assertThat(Recorder.ids(other)).as(engine).isEqualTo(Recorder.ids(reference));
            assertThat(other.start()).isEqualTo(reference.start());
            assertThat(other.complete()).isTrue();
        }
    }

    @Test
    void strace_sees_the_calls_with_the_arguments_counts_and_errors_that_ptrace_sees() throws IOException {
        Requires.command("strace");
        List<String> quick = List.of("sh", "-c", "ls /nonexistent; numactl --show; (exit 3); exit 7");
        List<List<String>> workloads = List.of(quick, List.of(compiled("forks")), List.of(compiled("threads")));
        for (String engine : List.of("host", "sandbox")) {
            for (List<String> workload : workloads) {
                Run reference = record("ptrace", engine, workload);
                Run other = record("strace", engine, workload);
                assertThat(other.provenance().backend()).isEqualTo("strace");
                assertThat(seen(other)).as("%s on %s", workload, engine).isEqualTo(seen(reference));
                assertThat(other.start()).isEqualTo(reference.start());
                assertThat(other.outcome().processes())
                        .isEqualTo(reference.outcome().processes());
                assertThat(other.complete()).as(other.ledger().toString()).isTrue();
            }
        }
    }

    @Test
    void what_strace_cannot_follow_is_said() throws IOException {
        Requires.command("strace");
        Run run = record("strace", "host", List.of(compiled("fights")));
        assertThat(run.complete()).isFalse();
        assertThat(run.ledger())
                .filteredOn(entry -> Ledger.isLoss(entry.kind()))
                .extracting(Run.LedgerEntry::kind)
                .containsExactly(Ledger.UNTRACED_CLONE);
    }

    private static String compiled(String name) throws IOException {
        return Workloads.compiled(name).toString();
    }

    /**
     * Each call with its count, errors and argument values, whoever made it: strace names executables as they were asked for. Whether a
     * thread is waited for is chance.
     */
    private static Map<CallId, String> seen(Run run) {
        return Summary.of(new Recording(List.of(run))).calls().stream()
                .filter(call -> !call.id().name().equals(Optional.of("futex")))
                .collect(Collectors.toMap(
                        Summary.CallTotal::id,
                        call -> call.total().count() + " " + call.total().errnos() + " " + arguments(call.total())));
    }

    private static List<Object> arguments(Total total) {
        return total.arguments().stream()
                .<Object>map(one -> one.many() ? "many" : Set.copyOf(one.tuples()))
                .toList();
    }

    @Test
    void the_capabilities_that_a_workload_really_used_are_told() throws IOException {
        Requires.orSkip(seesCapabilities(), "a kernel that tells of capabilities");
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
        return record(backend, engine, List.of(WORKLOAD));
    }

    private static Run record(String backend, String engine, List<String> workload) throws IOException {
        recorder.command(List.of("--tracer", backend, "--engine", engine), workload)
                .run();
        return recorder.run();
    }
}
