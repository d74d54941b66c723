package profgen.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import profgen.Requires;
import profgen.recording.Ledger;
import profgen.recording.Run;

/**
 * Workloads that press where recorders break, in each back end: they end as they do without one, and nothing is missing. At most a second
 * of each; {@code -Dprofgen.stress=10} makes it ten.
 */
class StressIT {
    private static final List<String> BACKENDS = List.of("ptrace", "late", "notify", "ebpf");
    private static final int SECONDS = Integer.getInteger("profgen.stress", 0);

    /** Whether these are called at all is a matter of when signals arrive and who comes first. */
    private static final Set<String> CHANCE = Set.of("futex", "kill", "restart_syscall", "rt_sigreturn", "sched_yield");

    @TempDir
    private static Path folder;

    private static Recorder recorder;

    @BeforeAll
    static void can_record() throws IOException {
        Requires.root();
        Requires.command("stress-ng");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        recorder = new Recorder(folder);
        BACKENDS.forEach(recorder::requires);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fork", "vfork", "clone", "pthread", "seccomp", "sigpipe", "futex", "poll", "exec"})
    void every_back_end_sees_the_same_calls(String stressor) throws IOException {
        Set<String> reference = calls(record("ptrace", stressor));
        for (String backend : BACKENDS.subList(1, BACKENDS.size())) {
            Run run = record(backend, stressor);
            assertThat(run.provenance().backend()).isEqualTo(backend);
            assertThat(calls(run)).as(backend).isEqualTo(reference);
        }
    }

    @Test
    void a_debugger_works_where_the_recorder_is_none_and_is_told_of_where_it_is() throws IOException {
        for (String backend : BACKENDS) {
            Run run = record(backend, "ptrace");
            boolean works = backend.equals("ebpf") || backend.equals("notify");
            // Of the traced child, which is only left to run if it could be traced.
            assertThat(calls(run).contains("getpgrp")).as(backend).isEqualTo(works);
            assertThat(run.ledger().stream().anyMatch(entry -> entry.kind().equals(Ledger.ONE_TRACER)))
                    .as(run.ledger().toString())
                    .isEqualTo(!works);
        }
    }

    private static Run record(String backend, String stressor) throws IOException {
        List<String> workload = new ArrayList<>();
        if (stressor.equals("exec")) { // which is not for root
            workload.addAll(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));
        }
        workload.addAll(List.of("stress-ng", "--temp-path", folder.toString(), "--" + stressor, "1"));
        workload.addAll(List.of("--timeout", Math.max(1, SECONDS) + ""));
        if (SECONDS == 0) {
            workload.addAll(List.of("--" + stressor + "-ops", "300"));
        }
        boolean hides =
                backend.equals("notify") && stressor.equals("seccomp"); // its filters come before the recorder's
        Ended ended = recorder.command(List.of("--tracer", backend, "--engine", "host"), workload)
                .run()
                .hasStatus(hides ? 5 : 0);
        assertThat(ended.err()).contains("successful run completed");
        Run run = recorder.run();
        assertThat(run.ledger().stream().map(Run.LedgerEntry::kind).filter(Ledger::isLoss))
                .containsExactlyElementsOf(hides ? List.of(Ledger.CALLS_HIDDEN) : List.of());
        return run;
    }

    private static Set<String> calls(Run run) {
        Set<String> calls = new TreeSet<>();
        run.calls()
                .forEach(call ->
                        call.id().name().filter(name -> !CHANCE.contains(name)).ifPresent(calls::add));
        return calls;
    }
}
