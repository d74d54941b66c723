package profgen.container;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A call of an engine's client, over; one that does not answer in time is killed.
 *
 * @param status -1 if it did not answer in time or could not be started, and err says which
 */
public record EngineCall(int status, String out, String err) {
    private static final int SIGNALED = 128;
    private static final Path NOTHING = Path.of("/dev/null");

    static EngineCall run(Starter starter, Duration limit, List<String> words) {
        try (Output out = Output.begin();
                Output err = Output.begin()) {
            Process process = new ProcessBuilder(starter.commandLine(words))
                    .redirectInput(NOTHING.toFile())
                    .redirectOutput(out.file().toFile())
                    .redirectError(err.file().toFile())
                    .start();
            out.leaveNoFile();
            err.leaveNoFile();
            if (await(process, limit)) {
                return new EngineCall(process.exitValue(), out.text(), err.text());
            }
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            return new EngineCall(-1, out.text(), "does not answer within " + limit.toSeconds() + " s");
        } catch (IOException e) {
            return new EngineCall(-1, "", String.valueOf(e.getMessage()));
        }
    }

    /**
     * Through files: nothing that the client leaves running can keep a pipe, and so profgen, waiting. They have no name from the client's
     * start on, so that none stays when profgen ends in the midst of it. An interrupt, which closes channels, leaves the content readable.
     */
    private record Output(Path file, InputStream content) implements AutoCloseable {
        static Output begin() throws IOException {
            Path file = Files.createTempFile("profgen-engine", null);
            return new Output(file, new FileInputStream(file.toFile()));
        }

        void leaveNoFile() throws IOException {
            Files.deleteIfExists(file);
        }

        String text() throws IOException {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        }

        @Override
        public void close() throws IOException {
            content.close();
            leaveNoFile();
        }
    }

    /** False if its time is over. An interrupt is kept for whoever wants to know of it. */
    static boolean await(Process process, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return process.waitFor(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** It was ended, by its time or a signal, before the engine had answered, which may do all the same what it was asked to. */
    boolean isLate() {
        return status < 0 || status > SIGNALED;
    }

    public boolean succeeded() {
        return status == 0;
    }

    /** What it complained of, without the words that every complaint begins with: one line. */
    public String problem() {
        String line = err.lines()
                .filter(text -> !text.isBlank() && !text.startsWith("See '") && !text.startsWith("Run '"))
                .reduce("", (before, text) -> before.isEmpty() ? text : before)
                .strip();
        String bare = line.replaceFirst("^(docker|Error|ERRO\\[\\d+\\]): ", "")
                .replaceFirst("^Error response from daemon: ", "")
                .replaceFirst("^Error: ", "");
        return bare.isEmpty() ? "ended with status " + status : bare;
    }
}
