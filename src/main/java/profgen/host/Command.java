package profgen.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What a short command answered.
 *
 * @param status -1 if it did not answer in time or could not be started
 * @param text both streams
 */
record Command(int status, String text) {
    static boolean exists(String name) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
    }

    /** The output goes through a file: nothing that the command leaves running can keep a pipe, and so profgen, waiting. */
    static Command run(int seconds, List<String> words) {
        try {
            Path output = Files.createTempFile("profgen-doctor", ".txt");
            try {
                return run(seconds, words, output);
            } finally {
                Files.delete(output);
            }
        } catch (IOException e) {
            return new Command(-1, String.valueOf(e.getMessage()));
        }
    }

    private static Command run(int seconds, List<String> words, Path output) throws IOException {
        Process process = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(output.toFile())
                .start();
        try {
            if (process.waitFor(seconds, TimeUnit.SECONDS)) {
                return new Command(
                        process.exitValue(), new String(Files.readAllBytes(output), StandardCharsets.UTF_8).strip());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        return new Command(-1, "does not answer within " + seconds + " s");
    }

    boolean succeeded() {
        return status == 0;
    }

    String firstLine() {
        return text.lines().findFirst().orElse("").strip();
    }

    String lastLine() {
        return text.lines().reduce("", (before, line) -> line).strip();
    }
}
