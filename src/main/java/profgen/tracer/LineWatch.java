package profgen.tracer;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.regex.Pattern;

/** Passes a process's output on as it comes, and looks for a line in it. */
final class LineWatch {
    private static final long LAST_WORDS_MS = 2000;

    private final List<LineSearch> searches;
    private final List<Thread> pumps;

    LineWatch(Pattern pattern, Process process) {
        this.searches = List.of(new LineSearch(pattern), new LineSearch(pattern));
        this.pumps = List.of(
                pump(process.getInputStream(), FileDescriptor.out, searches.get(0)),
                pump(process.getErrorStream(), FileDescriptor.err, searches.get(1)));
    }

    private static Thread pump(InputStream from, FileDescriptor to, LineSearch search) {
        Thread thread = new Thread(() -> copy(from, new FileOutputStream(to), search), "output");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Where the other end is closed the workload learns of it as without a pipe between: its next write fails. */
    private static void copy(InputStream from, OutputStream to, LineSearch search) {
        byte[] chunk = new byte[1 << 13];
        try (from) {
            for (int length = from.read(chunk); length >= 0; length = from.read(chunk)) {
                to.write(chunk, 0, length);
                search.accept(chunk, length);
            }
        } catch (IOException e) {
            /* Closing the pipe is all that there is to do. */
        }
    }

    boolean found() {
        return searches.stream().anyMatch(LineSearch::found);
    }

    /** After the process: until its output is through, unless something that it left behind keeps it open. */
    void awaitLastWords() {
        try {
            for (Thread pump : pumps) {
                pump.join(LAST_WORDS_MS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
