package profgen.tracer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import profgen.HostException;

/** The file that a tracer reads along: a word on a line. Where it cannot be written to, the tracer's own process is told by signals. */
record ControlFile(Path file) implements AutoCloseable {
    private static final Object READABLE = PosixFilePermissions.fromString("rw-r--r--");

    void create() {
        try {
            Files.createFile(file);
            Files.setAttribute(file, "posix:permissions", READABLE);
        } catch (IOException e) {
            throw new HostException(file + ": cannot be made: " + e.getMessage());
        }
    }

    /** @param process the tracer's: TERM goes on to the workload, and its own end is that of all it traces */
    Reins reins(Process process) {
        return reins(process, Optional.empty());
    }

    /** @param container in which the tracer is */
    Reins reins(Process process, Optional<String> container) {
        return new Reins() {
            @Override
            public Optional<String> container() {
                return container;
            }

            @Override
            public void serving() {
                say("serving");
            }

            @Override
            public void stop() {
                if (!say("stop")) {
                    process.destroy();
                }
            }

            @Override
            public void kill() {
                if (!say("kill")) {
                    process.destroyForcibly();
                }
            }
        };
    }

    private boolean say(String word) {
        try {
            byte[] line = (word + "\n").getBytes(StandardCharsets.US_ASCII);
            Files.write(file, line, StandardOpenOption.APPEND);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            /* An empty file that stays is no reason to lose a recording. */
        }
    }
}
