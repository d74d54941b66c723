package profgen.tracer;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import profgen.HostException;
import profgen.recording.RawText;

/** A command line of the user's, for {@code sh -c}, that runs beside the workload. */
final class HostCommand {
    private static final long LAST_DEED_MS = 2000;
    private static final Path NOTHING = Path.of("/dev/null");

    private final Process process;
    private final long end;

    private HostCommand(Process process, Duration limit) {
        this.process = process;
        this.end = System.nanoTime() + limit.toNanos();
    }

    /** Its output stands on standard error, since standard output is the workload's. */
    static HostCommand load(String command, Optional<String> container) {
        return start(
                command, with(container).redirectError(ProcessBuilder.Redirect.INHERIT), true, Duration.ofDays(365));
    }

    /** What a probe says is of no interest: most of its runs fail. */
    static HostCommand probe(String command, Duration limit, Optional<String> container) {
        return start(command, with(container).redirectError(NOTHING.toFile()), false, limit);
    }

    private static ProcessBuilder with(Optional<String> container) {
        ProcessBuilder builder = new ProcessBuilder();
        container.ifPresent(name -> builder.environment().put("PROFGEN_CONTAINER", name));
        return builder;
    }

    private static HostCommand start(String command, ProcessBuilder builder, boolean toStderr, Duration limit) {
        String words = RawText.shellLine(command);
        builder.command("sh", "-c", toStderr ? "{ " + words + "\n} >&2" : words).redirectInput(NOTHING.toFile());
        builder.redirectOutput(NOTHING.toFile());
        try {
            return new HostCommand(builder.start(), limit);
        } catch (IOException e) {
            throw new HostException("sh: cannot be started: " + e.getMessage());
        }
    }

    /** Its exit status, once it has one; of one whose time is over 137. */
    OptionalInt status() {
        if (process.isAlive() && System.nanoTime() > end) {
            kill();
        }
        return process.isAlive() ? OptionalInt.empty() : OptionalInt.of(process.exitValue());
    }

    /** A little while, for one whose last deed has ended the workload. */
    void awaitEnd() {
        try {
            process.waitFor(LAST_DEED_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** With what it has started. */
    void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
