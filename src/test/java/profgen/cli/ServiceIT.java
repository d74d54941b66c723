package profgen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import profgen.Requires;
import profgen.proof.Workloads;
import profgen.recording.Call;
import profgen.recording.Phase;
import profgen.recording.RecordingReader;
import profgen.recording.Run;

/** What does not end by itself: a small server, as {@code $1}, whose port is in the file {@code port}. */
class ServiceIT {
    private static final String ASK = "bash ask";
    private static final String ASKING =
            "until test -s port; do sleep 0.05; done; exec 3<>/dev/tcp/127.0.0.1/$(cat port);"
                    + " read -r word <&3; test \"$word\" = hello";

    private static Path server;

    @TempDir
    Path folder;

    @BeforeAll
    static void compile() throws IOException {
        Requires.command("bash");
        server = Workloads.compiled("server");
    }

    @BeforeEach
    void writeAsker() throws IOException {
        Files.writeString(folder.resolve("ask"), ASKING);
    }

    @Test
    void a_load_is_put_on_it_when_it_listens_and_its_end_is_the_end_of_the_run() throws IOException {
        record("--ready-call getsockname --exercise \"" + ASK + " && echo asked\" -- \"$1\" polite port")
                .hasStatus(0)
                .said("asked\n", "recorded   ", "ended on purpose");
        Run run = run();
        assertThat(run.complete()).isTrue();
        assertThat(run.outcome().exitStatus()).isZero();
        assertThat(phases(run, "listen")).containsExactly(Phase.ENTRY);
        assertThat(phases(run, "accept4")).containsExactly(Phase.SERVING);
        assertThat(phases(run, "getpriority")).containsExactly(Phase.SHUTDOWN);
        assertThat(left()).isEmpty();
    }

    @Test
    void it_is_stopped_when_its_time_is_over_or_a_probe_succeeds() throws IOException {
        record("--for 100ms -- \"$1\" polite port").hasStatus(0);
        record("--force --until 'test -s port' -- \"$1\" polite port").hasStatus(0);
        assertThat(run().endedOnPurpose()).isTrue();
    }

    @Test
    void what_ignores_the_signal_is_killed_and_that_is_no_failure() throws IOException {
        record("--for 100ms --stop-timeout 200ms -- \"$1\" stubborn port")
                .hasStatus(0)
                .said("it still ran 0.2 s after signal 15: killed");
        assertThat(run().outcome().signal()).isEqualTo(9);
    }

    @Test
    void the_status_is_its_own_if_it_ended_before() throws IOException {
        record("--for 60s -- sh -c 'exit 3'").hasStatus(3).said("the workload ended with status 3");
    }

    @Test
    void a_load_that_fails_or_never_begins_or_is_too_slow_is_said_and_the_status_is_5() throws IOException {
        record("--exercise 'exit 7' -- \"$1\" polite port").hasStatus(5).said("the load (exit 7) ended with status 7");
        record("--force --exercise true --ready-probe false --timeout 200ms -- \"$1\" polite port")
                .hasStatus(5)
                .said("the workload was never ready");
        record("--force --exercise 'exec sleep 100' --timeout 200ms -- \"$1\" polite port")
                .hasStatus(5)
                .said("the load did not come to its end");
    }

    @Test
    void a_line_of_its_output_tells_that_it_is_ready_and_the_output_is_as_it_was() throws IOException {
        Launched run = record(
                "--ready-log '^re.dy \\d+$' --exercise true -- "
                        + "sh -c 'printf \"a\\377\\nnot ready 1\\nready 12\"; echo problem >&2; echo; exec \"$0\" polite port' \"$1\"");
        run.hasStatus(0).said("problem\n", "recorded   ");
        assertThat(run.out()).startsWith("a\u00ff\nnot ready 1\nready 12\n");
        assertThat(phases(run(), "getpriority")).containsExactly(Phase.SHUTDOWN);
        assertThat(phases(run(), "execve")).contains(Phase.ENTRY);
    }

    @Test
    void a_term_for_profgen_stops_it_and_a_second_one_kills_it() throws IOException {
        Launched.await(asked("polite", 1), folder).hasStatus(0).said("signal 15 was sent");
        Files.delete(folder.resolve("port"));
        Launched.await(asked("stubborn", 2), folder).hasStatus(0).said("killed after");
        assertThat(run().outcome().signal()).isEqualTo(9);
        assertThat(left()).isEmpty();
    }

    @Test
    void ctrl_c_is_profgens_and_the_workload_sees_the_stop_signal_alone() throws IOException {
        Requires.command("script");
        String wait = "trap 'echo INT; exit 5' INT; trap 'echo TERM; exit 7' TERM; touch ready;"
                + " i=0; while test $((i += 1)) -lt 2000; do sleep 0.05; done";
        Launched run = Launched.script(
                folder,
                "await() { timeout -s KILL 100 sh -c 'until test -f \"$0\"; do sleep 0.05; done' \"$1\"; };"
                        + " (await ready; printf '\\003'; await over) | W=$1 P=$0 script -qec"
                        + " 'trap : INT; \"$P\" record --for 60s -- sh -c \"$W\"; s=$?; touch over; exit $s' /dev/null",
                wait);
        run.hasStatus(0);
        assertThat(run.out()).contains("TERM\r\n", "recorded   ").doesNotContain("INT\r\n");
    }

    @Test
    void when_profgen_is_killed_it_is_stopped_and_the_journal_makes_the_recording() throws IOException {
        Process process = started("--for 100s", "polite");
        ProcessHandle tracer = profgen(process).children().findFirst().orElseThrow();
        signal("KILL", profgen(process).pid());
        tracer.onExit().join();
        Launched.await(process, folder).hasStatus(137);
        Path journal = left().orElseThrow();
        Launched.script(folder, "\"$0\" recover \"$1\" -o server.recording.json", journal.toString())
                .hasStatus(0);
        assertThat(run().endedOnPurpose()).isTrue();
        assertThat(run().outcome().exitStatus()).isZero();
    }

    @Test
    void what_runs_already_is_recorded_and_goes_on() throws IOException {
        Launched run = Launched.script(
                folder,
                "timeout -s KILL 60 \"$1\" polite port & until test -s port; do sleep 0.05; done;"
                        + " \"$0\" record --attach $! --exercise \"" + ASK + "\" || exit;"
                        + " \"$0\" record --append -o timeout.seccomp.json --recording timeout.recording.json"
                        + " --attach $! --attach-alone --for 100ms || exit; "
                        + ASK + " || exit; kill $!; wait $!; echo ended $?",
                server.toString());
        run.hasStatus(0).said("was running already");
        assertThat(run.out()).endsWith("ended 0\n");
        var runs =
                RecordingReader.read(folder.resolve("timeout.recording.json")).runs();
        assertThat(runs).hasSize(2).allMatch(Run::complete).allMatch(Run::endedOnPurpose);
        assertThat(runs).anySatisfy(one -> assertThat(phases(one, "accept4")).containsExactly(Phase.SERVING));
        assertThat(left()).isEmpty();
    }

    private Launched record(String words) throws IOException {
        return Launched.script(folder, "\"$0\" record -o p.json --recording r.json " + words, server.toString());
    }

    private Process started(String options, String how) throws IOException {
        Process process = Launched.start(
                folder,
                "exec \"$0\" record -o p.json --recording r.json --force " + options + " -- \"$1\" \"$2\" port",
                server.toString(),
                how);
        EndingIT.await(() -> isWritten(folder.resolve("port")));
        return process;
    }

    private Process asked(String how, int times) throws IOException {
        Process process = started("--for 100s --stop-timeout 90s", how);
        for (int i = 0; i < times; i++) {
            signal("TERM", profgen(process).pid());
            int asked = i;
            EndingIT.await(() -> !process.isAlive() || asked + 1 == times || journalHas("\"kind\":\"stopped\""));
        }
        return process;
    }

    private boolean journalHas(String text) {
        try {
            Optional<Path> journal = left();
            return journal.isPresent() && Files.readString(journal.get()).contains(text);
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isWritten(Path file) {
        try {
            return Files.exists(file) && Files.size(file) > 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static ProcessHandle profgen(Process process) {
        return process.toHandle().children().findFirst().orElseThrow();
    }

    private static void signal(String name, long target) {
        assertThat(Requires.answers("kill", "-" + name, "--", String.valueOf(target)))
                .isTrue();
    }

    private Run run() {
        Path file = folder.resolve("r.json");
        return RecordingReader.read(Files.exists(file) ? file : folder.resolve("server.recording.json"))
                .runs()
                .get(0);
    }

    private static Set<Phase> phases(Run run, String call) {
        Set<Phase> phases = new TreeSet<>();
        run.calls().stream()
                .filter(one -> one.id().name().filter(call::equals).isPresent())
                .map(Call::phases)
                .forEach(phases::addAll);
        return phases;
    }

    /** A journal, which must be gone when its recording is there; its control file with it. */
    private Optional<Path> left() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".journal")).findFirst();
        }
    }
}
