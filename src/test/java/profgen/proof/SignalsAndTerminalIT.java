package profgen.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import profgen.Requires;

/** Signals and the terminal reach the workload as if there were no recorder, and the files are written all the same. */
class SignalsAndTerminalIT {
    private static final char CTRL_C = 3;

    @TempDir
    private Path folder;

    private Recorder recorder;

    @BeforeEach
    void files() {
        recorder = new Recorder(folder);
    }

    @Test
    void a_signal_sent_to_profgen_goes_to_the_workload_which_may_handle_it() throws Exception {
        BoundedCommand command = recorder.command(List.of(), waitingFor("TERM", 7));
        Process process = new ProcessBuilder(command.words())
                .directory(folder.toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
        assertThat(process.inputReader().readLine()).isEqualTo("ready");
        // Not Process.destroy, which closes the streams too.
        process.toHandle().destroy();
        assertThat(statusOf(process)).isEqualTo(7);
        assertThat(recorder.run().outcome().exitStatus()).isEqualTo(7);
        assertThat(recorder.profile()).exists();
    }

    @Test
    void an_interrupt_from_the_terminal_reaches_the_workload_once() throws Exception {
        Requires.command("script");
        Process process = onTerminal(recorder.command(List.of(), waitingFor("INT", 9)));
        BufferedReader screen = process.inputReader(StandardCharsets.UTF_8);
        assertThat(screen.readLine()).isEqualTo("ready");
        try (OutputStream keyboard = process.getOutputStream()) {
            keyboard.write(CTRL_C);
            keyboard.flush();
            assertThat(statusOf(process)).isEqualTo(9);
        }
        assertThat(screen.lines().filter(line -> line.endsWith("caught"))).hasSize(1);
        assertThat(recorder.run().outcome().exitStatus()).isEqualTo(9);
        assertThat(recorder.profile()).exists();
    }

    @Test
    void the_workload_has_the_terminal_as_its_own() throws Exception {
        Requires.command("script");
        // Writing the settings from the background would stop it.
        Process process = onTerminal(recorder.command(
                List.of(),
                List.of("sh", "-c", "test -t 0 && test -t 1 && test -t 2 && stty -echo && stty echo && exit 5")));
        process.getOutputStream().close();
        assertThat(statusOf(process)).isEqualTo(5);
    }

    private static List<String> waitingFor(String signal, int status) {
        return List.of(
                "sh",
                "-c",
                "trap 'echo caught; exit %d' %s; echo ready; while :; do sleep 0.1; done".formatted(status, signal));
    }

    private static Process onTerminal(BoundedCommand command) throws IOException {
        String line = command.words().stream()
                .map(word -> "'" + word.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" "));
        return new ProcessBuilder("timeout", "-s", "KILL", "60", "script", "-qec", line, "/dev/null")
                .redirectErrorStream(true)
                .start();
    }

    private static int statusOf(Process process) throws InterruptedException {
        boolean ended = process.waitFor(60, TimeUnit.SECONDS);
        if (!ended) {
            process.destroyForcibly();
        }
        assertThat(ended).as("ended").isTrue();
        return process.exitValue();
    }
}
