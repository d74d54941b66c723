package profgen.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
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

    /** The outputs have no name while the command runs, so that none stays if this test dies. */
    private Ended runTo(Path out, Path err) throws IOException {
        try (SeekableByteChannel written = Files.newByteChannel(out);
                SeekableByteChannel complained = Files.newByteChannel(err)) {
            Process process;
            try {
                process = start(out, err);
            } finally {
                Files.delete(out);
                Files.delete(err);
            }
            int status = waitFor(process);
            return new Ended(words, status, text(written), text(complained));
        }
    }

    private Process start(Path out, Path err) throws IOException {
        List<String> bounded = new ArrayList<>(List.of("setpriv", "--pdeathsig", "TERM"));
        bounded.addAll(List.of("timeout", "-s", "KILL", limit.toSeconds() + "s"));
        bounded.addAll(words);
        ProcessBuilder builder = new ProcessBuilder(bounded).directory(directory.toFile());
        // As a shell's cd does; programs that find another folder there ask the kernel instead.
        builder.environment().put("PWD", directory.toString());
        builder.environment().putAll(environment);
        builder.redirectInput(input.toFile());
        builder.redirectOutput(Redirect.to(out.toFile())).redirectError(Redirect.to(err.toFile()));
        return builder.start();
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
    private static String text(SeekableByteChannel output) throws IOException {
        return new String(Channels.newInputStream(output).readAllBytes(), StandardCharsets.UTF_8);
    }
}
