package profgen.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What the standard streams of this process are. */
final class Terminal {
    private static final int STDOUT = 1;
    private static final int STDERR = 2;

    private Terminal() {}

    static boolean stderrIsTerminal() {
        return terminal(STDERR).isPresent();
    }

    static boolean stdoutIsTerminal() {
        return terminal(STDOUT).isPresent();
    }

    /** A line that comes and goes on standard error would not mix with what goes to standard output. */
    static boolean stderrIsTerminalOfItsOwn() {
        return stderrIsTerminal() && !terminal(STDERR).equals(terminal(STDOUT));
    }

    private static Optional<String> terminal(int descriptor) {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                    .toString();
            return Optional.of(target).filter(name -> name.matches("/dev/(pts/[0-9]+|tty.*|console)"));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
