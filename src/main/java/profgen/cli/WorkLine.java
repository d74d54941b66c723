package profgen.cli;

import java.io.PrintWriter;

/** What is going on, in a few words on one line of a terminal, which is written over; nothing elsewhere. */
final class WorkLine {
    private static final String ERASE = "\r\033[K";

    private final PrintWriter err;
    private final boolean shown;

    /** @param wanted false: not a word on a terminal either */
    WorkLine(PrintWriter err, boolean wanted) {
        this.err = err;
        this.shown = wanted && Terminal.stderrIsTerminal();
    }

    void show(String what) {
        if (shown) {
            err.print(ERASE + "profgen: " + what);
            err.flush();
        }
    }

    void clear() {
        if (shown) {
            err.print(ERASE);
            err.flush();
        }
    }
}
