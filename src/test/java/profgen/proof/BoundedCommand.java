package profgen.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A command that surely ends: {@code timeout} kills it and its process group when its time is over, and when this JVM ends, whatever ended it.
 *
 * @param input what it reads as stdin
 */
record BoundedCommand(List<String> words, Duration limit, Map<String, String> environment, Path directory, Path input) {
    private static final Path NOTHING = Path.of("/dev/null");

    BoundedCommand {
        words = List.copyOf(words);
        environment = Map.copyOf(environment);
    }

    static BoundedCommand of(String... words) {
        return of(List.of(words));
    }

    static BoundedCommand of(List<String> words) {
        return new BoundedCommand(
                words, Duration.ofSeconds(60), Map.of(), Path.of("").toAbsolutePath(), NOTHING);
    }

    /** The same with these words before its own. */
    BoundedCommand words(String... before) {
        List<String> all = new ArrayList<>(List.of(before));
        all.addAll(words);
        return new BoundedCommand(all, limit, environment, directory, input);
    }

    BoundedCommand within(Duration time) {
        return new BoundedCommand(words, time, environment, directory, input);
    }

    BoundedCommand in(Path folder) {
        return new BoundedCommand(words, limit, environment, folder, input);
    }

    BoundedCommand reading(Path file) {
        return new BoundedCommand(words, limit, environment, directory, file);
    }

    BoundedCommand with(Map<String, String> variables) {
        return new BoundedCommand(words, limit, variables, directory, input);
    }

    Ended run() {
        try {
            return runTo(Files.createTempFile("profgen-out", null), Files.createTempFile("profgen-err", null));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Ended runTo(Path out, Path err) throws IOException {
        try {
            List<String> bounded = new ArrayList<>(List.of("setpriv", "--pdeathsig", "TERM"));
            bounded.addAll(List.of("timeout", "-s", "KILL", limit.toSeconds() + "s"));
            bounded.addAll(words);
            ProcessBuilder builder = new ProcessBuilder(bounded).directory(directory.toFile());
            // As a shell's cd does; programs that find another folder there ask the kernel instead.
            builder.environment().put("PWD", directory.toString());
            builder.environment().putAll(environment);
            builder.redirectInput(input.toFile());
            builder.redirectOutput(Redirect.to(out.toFile())).redirectError(Redirect.to(err.toFile()));
            int status = waitFor(builder.start());
            return new Ended(words, status, text(out), text(err));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    private static int waitFor(Process process) {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a command ran", e);
        }
    }

    /** Outputs may hold any bytes; what is not UTF-8 is shown replaced. */
    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }
}
