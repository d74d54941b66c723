package profgen.cli;

import java.io.PrintWriter;
import java.util.concurrent.TimeUnit;
import profgen.recording.JournalFollower.Progress;

/** How far a run is, on standard error: one line that is written over on a terminal, elsewhere a line whenever new calls were seen. */
final class ProgressLine {
    private static final String ERASE = "\r\u001b[K";

    private final PrintWriter err;
    private final boolean terminal;
    private final long start = System.nanoTime();
    private int shownCalls;
    private boolean visible;

    ProgressLine(PrintWriter err, boolean terminal) {
        this.err = err;
        this.terminal = terminal;
    }

    void show(Progress progress) {
        String text = "profgen: " + TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start) + " s, "
                + Words.count(progress.processes(), "process", "processes") + ", "
                + Words.count(progress.distinctCalls(), "system call", "system calls");
        if (terminal) {
            err.print(ERASE + text);
            visible = true;
        } else if (progress.distinctCalls() != shownCalls) {
            err.println(text);
        }
        shownCalls = progress.distinctCalls();
        err.flush();
    }

    void clear() {
        if (visible) {
            err.print(ERASE);
            err.flush();
            visible = false;
        }
    }
}
