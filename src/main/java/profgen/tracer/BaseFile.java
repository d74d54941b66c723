package profgen.tracer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import profgen.HostException;
import profgen.recording.Inheritance;

/** What a recording has, in a file that profgen-tracer reads at its start. */
public record BaseFile(Path file) implements AutoCloseable {
    /** @param prefix path of the file without its last part */
    public static BaseFile write(Inheritance base, String prefix) {
        Path file = Path.of(prefix + Recorder.newRunId().substring(0, 8) + ".base");
        try {
            Files.write(file, base.lines().getBytes(StandardCharsets.US_ASCII));
            return new BaseFile(file);
        } catch (IOException e) {
            throw new HostException(file + ": cannot be written: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            /* A small file that stays is no reason to lose a recording. */
        }
    }
}
