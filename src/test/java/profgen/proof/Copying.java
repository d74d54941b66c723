package profgen.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A process that copies its input to its output, line by line: as long as it answers it is unharmed. */
final class Copying implements AutoCloseable {
    private final Process process;
    private final PrintWriter in;
    private final BufferedReader out;

    private Copying(Process process) {
        this.process = process;
        this.in = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
        this.out = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Has answered once, so that it is what it is going to be. */
    static Copying start(Path program, String verb) throws IOException {
        Copying copying = new Copying(new ProcessBuilder("timeout", "-s", "KILL", "60", program.toString(), verb)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
        copying.stillCopies();
        return copying;
    }

    /** Of the program, whose parent timeout is. */
    String id() {
        return Long.toString(process.children().findFirst().orElseThrow().pid());
    }

    void stillCopies() {
        try {
            in.println("still there?");
            assertThat(out.readLine()).isEqualTo("still there?");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
