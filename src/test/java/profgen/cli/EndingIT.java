package profgen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import profgen.Requires;
import profgen.recording.Recording;
import profgen.recording.RecordingReader;

/** Ctrl-C, TERM and KILL: the workload decides, and what happened is written down. */
class EndingIT {
    /** Says when it is ready; its traps say which signal came. */
    private static final String WAIT = "trap 'echo INT; exit 5' INT; trap 'echo TERM; exit 7' TERM; touch ready;"
            + " i=0; while test $((i += 1)) -lt 2000; do sleep 0.05; done";

    private static final String RECORD = "exec \"$0\" record -- sh -c \"$1\"";

    @TempDir
    Path folder;

    @Test
    void ctrl_c_on_a_terminal_goes_to_the_workload_once() throws IOException {
        Requires.command("script");
        // The trap: the shell between script and profgen gets the interrupt too, and not every shell goes on after it.
        Launched run = Launched.script(
                folder,
                "await() { timeout -s KILL 100 sh -c 'until test -f \"$0\"; do sleep 0.05; done' \"$1\"; };"
                        + " (await ready; printf '\\003'; await over) |"
                        + " W=$1 P=$0 script -qec 'trap : INT; \"$P\" record -- sh -c \"$W\"; s=$?; touch over; exit $s' /dev/null",
                WAIT);
        run.hasStatus(5);
        assertThat(run.out()).containsOnlyOnce("INT\r\n").contains("recorded   ", "status 5");
    }

    @Test
    void an_interrupt_of_the_process_group_ends_with_the_workloads_status() throws IOException {
        Process process = started();
        signal("INT", -process.pid());
        Launched run = Launched.await(process, folder).hasStatus(5).said("recorded   ", "status 5");
        assertThat(run.out()).startsWith("INT\n");
        assertThat(recording().isComplete()).isTrue();
    }

    @Test
    void a_term_for_profgen_goes_to_the_workload_and_everything_is_written() throws IOException {
        Process process = started();
        signal("TERM", profgen(process));
        Launched.await(process, folder).hasStatus(7).printed("TERM\n").said("recorded   ", "status 7");
        assertThat(recording().isComplete()).isTrue();
        assertThat(folder.resolve("sh.seccomp.json")).exists();
        assertThat(journal()).isEmpty();
    }

    @Test
    void when_profgen_is_killed_the_workload_goes_on_and_its_journal_makes_the_recording() throws IOException {
        Process process = started();
        long pid = profgen(process);
        ProcessHandle tracer =
                ProcessHandle.of(pid).orElseThrow().children().findFirst().orElseThrow();
        signal("KILL", pid);
        Launched.await(process, folder).hasStatus(137);
        signal("TERM", tracer.pid());
        tracer.onExit().join();
        Path journal = journal().orElseThrow();
        Launched.script(folder, "\"$0\" recover \"$1\" -o sh.recording.json", journal.toString())
                .hasStatus(0);
        assertThat(recording().isComplete()).isTrue();
        assertThat(recording().runs().get(0).outcome().exitStatus()).isEqualTo(7);
        assertThat(recording().runs().get(0).provenance().options()).contains("network=host");
    }

    @Test
    void when_the_tracer_is_killed_what_was_seen_is_an_incomplete_recording() throws IOException {
        Process process = started();
        ProcessHandle.of(profgen(process)).orElseThrow().children().forEach(child -> signal("KILL", child.pid()));
        Launched.await(process, folder)
                .hasStatus(125)
                .said("INCOMPLETE", "in an unknown number of processes", "the end of the workload was not seen");
        assertThat(recording().isComplete()).isFalse();
        assertThat(recording().runs().get(0).calls()).isNotEmpty();
    }

    private Process started() throws IOException {
        Process process = Launched.start(folder, RECORD, WAIT);
        await(() -> Files.exists(folder.resolve("ready")));
        return process;
    }

    /** {@code timeout} is the process that was started, and profgen its child. */
    private static long profgen(Process process) {
        return process.children().findFirst().orElseThrow().pid();
    }

    private Recording recording() {
        return RecordingReader.read(folder.resolve("sh.recording.json"));
    }

    private Optional<Path> journal() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".journal")).findFirst();
        }
    }

    private static void signal(String name, long target) {
        assertThat(Requires.answers("kill", "-" + name, "--", String.valueOf(target)))
                .isTrue();
    }

    /** A condition that comes, bounded: a minute is long enough for any machine. */
    static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited for a minute").isLessThan(end);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }
}
