package profgen.tracer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import profgen.BadInputException;
import profgen.recording.RawText;

/**
 * A process that profgen did not start.
 *
 * @param pid in profgen's own pid namespace
 * @param alone without the processes below it
 */
public record RunningProcess(int pid, boolean alone) {
    /** The short name that the kernel has for it. */
    public String name() {
        return text("comm").strip();
    }

    /** Its arguments; the name alone if it has none, as a thread of the kernel. */
    public List<String> command() {
        String line = text("cmdline");
        return line.isEmpty() ? List.of(name()) : List.of(line.split("\0"));
    }

    private String text(String file) {
        try {
            return RawText.decode(Files.readAllBytes(Path.of("/proc", String.valueOf(pid), file)));
        } catch (IOException e) {
            throw new BadInputException("process " + pid + ": no such process");
        }
    }
}
