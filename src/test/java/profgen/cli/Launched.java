package profgen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A shell script that calls the launcher as {@code "$0"}, over. It is killed after two minutes.
 *
 * @param out every byte as one character, as in {@code err}
 */
record Launched(int status, String out, String err) {
    static final Path LAUNCHER = Path.of(System.getProperty("profgen.launcher", "profgen"));

    static Launched script(Path folder, String script, String... arguments) throws IOException {
        return await(start(folder, script, arguments), folder);
    }

    /** Its streams go to {@code .out} and {@code .err} in the folder; it has a process group of its own, whose id is its pid. */
    static Process start(Path folder, String script, String... arguments) throws IOException {
        List<String> words =
                new ArrayList<>(List.of("setsid", "timeout", "--foreground", "-s", "KILL", "120", "sh", "-c"));
        words.add(script);
        words.add(LAUNCHER.toString());
        words.addAll(List.of(arguments));
        return new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(folder.resolve(".out").toFile())
                .redirectError(folder.resolve(".err").toFile())
                .start();
    }

    static Launched await(Process process, Path folder) throws IOException {
        try {
            int status = process.waitFor();
            return new Launched(status, text(folder.resolve(".out")), text(folder.resolve(".err")));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    }

    Launched hasStatus(int expected) {
        assertThat(status).as(this::inWords).isEqualTo(expected);
        return this;
    }

    Launched printed(String expected) {
        assertThat(out).as(this::inWords).isEqualTo(expected);
        return this;
    }

    Launched said(String... parts) {
        assertThat(err).as(this::inWords).contains(parts);
        return this;
    }

    private String inWords() {
        return "status " + status + "\nstdout:\n" + out + "\nstderr:\n" + err;
    }
}
