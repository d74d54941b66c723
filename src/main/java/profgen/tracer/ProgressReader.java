package profgen.tracer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import profgen.recording.JournalFollower;
import profgen.recording.Phase;

/** Reads a journal while it grows, to know how far a run is: what cannot be read is read when the run is over. */
final class ProgressReader {
    private final Path file;
    private final JournalFollower follower = new JournalFollower();
    private final byte[] chunk = new byte[1 << 16];
    private @Nullable InputStream in;

    ProgressReader(Path file) {
        this.file = file;
    }

    /**
     * Until the process has ended; its exit status.
     *
     * @param look is shown how far the run is, once in every interval
     */
    int follow(Process process, int intervalMs, Consumer<JournalFollower> look) {
        try {
            while (!ended(process, intervalMs)) {
                readOn();
                look.accept(follower);
            }
            return process.exitValue();
        } finally {
            close();
        }
    }

    /** The latest phase of which the journal tells, as far as it was read. */
    Optional<Phase> phase() {
        return follower.phase();
    }

    /** The same after reading on. */
    Optional<Phase> phaseNow() {
        readOn();
        return phase();
    }

    private static boolean ended(Process process, int intervalMs) {
        try {
            return process.waitFor(intervalMs, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            process.destroy();
            return false;
        }
    }

    private void readOn() {
        try {
            /* No link and no pipe that a workload put in its place. */
            if (in == null && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
            }
            for (int length = read(); length > 0; length = read()) {
                follower.accept(chunk, length);
            }
        } catch (IOException e) {
            close();
        }
    }

    private int read() throws IOException {
        return in == null ? -1 : in.read(chunk);
    }

    void close() {
        try {
            if (in != null) {
                in.close();
            }
        } catch (IOException e) {
            /* It was open for reading: nothing is lost. */
        }
    }
}
