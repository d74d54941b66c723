package profgen.tracer;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/** Passes a process's output on as it comes, and looks for a line in it. */
final class LineWatch {
    private static final int LONGEST_LINE = 1 << 16;
    private static final long LAST_WORDS_MS = 2000;

    private final Pattern pattern;
    private final List<Thread> pumps;
    private volatile boolean found;

    LineWatch(Pattern pattern, Process process) {
        this.pattern = pattern;
        this.pumps = List.of(
                pump(process.getInputStream(), FileDescriptor.out), pump(process.getErrorStream(), FileDescriptor.err));
    }

    private Thread pump(InputStream from, FileDescriptor to) {
        Thread thread = new Thread(() -> copy(from, new FileOutputStream(to)), "output");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Where the other end is closed the workload learns of it as without a pipe between: its next write fails. */
    private void copy(InputStream from, OutputStream to) {
        StringBuilder line = new StringBuilder();
        byte[] chunk = new byte[1 << 13];
        try (from) {
            for (int length = from.read(chunk); length >= 0; length = from.read(chunk)) {
                to.write(chunk, 0, length);
                if (!found) {
                    look(new String(chunk, 0, length, StandardCharsets.ISO_8859_1), line);
                }
            }
        } catch (IOException e) {
            /* Closing the pipe is all that there is to do. */
        }
    }

    private void look(String text, StringBuilder line) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\n') {
                line.append(c);
            }
            if (c == '\n' || line.length() == LONGEST_LINE) {
                byte[] bytes = line.toString().getBytes(StandardCharsets.ISO_8859_1);
                found |= pattern.matcher(new String(bytes, StandardCharsets.UTF_8))
                        .find();
                line.setLength(0);
            }
        }
    }

    boolean found() {
        return found;
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
