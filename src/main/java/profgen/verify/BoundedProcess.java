package profgen.verify;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import profgen.HostException;

/** A process with an end: its own, a wanted one, or that of its time. It dies with this JVM. */
final class BoundedProcess {
    private static final long PAUSE_MS = 100;
    private static final long GRACE_SECONDS = 10;
    private static final int KEPT_BYTES = 1 << 20;
    static final File NOTHING = new File("/dev/null");

    private final Process process;
    private final Capture out;
    private final Capture err;

    /** @param end STOPPED if it was asked to end (TERM), TIMEOUT if it was killed */
    record Ended(Attempt.End end, int status, String out, String err) {}

    private BoundedProcess(Process process) {
        this.process = process;
        this.out = new Capture(process.getInputStream());
        this.err = new Capture(process.getErrorStream());
    }

    /** With an empty standard input. */
    static Ended run(List<String> command, Duration limit, BooleanSupplier enough) {
        Process process;
        try {
            process = new ProcessBuilder(command).redirectInput(NOTHING).start();
        } catch (IOException e) {
            throw new HostException(command.get(0) + ": cannot be started: " + e.getMessage());
        }
        return await(process, limit, enough, process::destroy, process::destroyForcibly);
    }

    /**
     * @param stop asks it to end
     * @param kill ends it; the process itself is killed in any case
     */
    static Ended await(Process process, Duration limit, BooleanSupplier enough, Runnable stop, Runnable kill) {
        Thread atExit = new Thread(kill, "end of a run");
        Runtime.getRuntime().addShutdownHook(atExit);
        try {
            return new BoundedProcess(process).await(limit, enough, stop, kill);
        } finally {
            process.destroyForcibly();
            try {
                Runtime.getRuntime().removeShutdownHook(atExit);
            } catch (IllegalStateException e) {
                /* The JVM is on its way, and the hook does its work. */
            }
        }
    }

    private Ended await(Duration limit, BooleanSupplier enough, Runnable stop, Runnable kill) {
        long end = System.nanoTime() + limit.toNanos();
        Attempt.End how = Attempt.End.ENDED;
        while (!endsWithin(Math.min(PAUSE_MS, (end - System.nanoTime()) / 1_000_000 + 1))) {
            if (enough.getAsBoolean()) {
                how = Attempt.End.STOPPED;
                stop.run();
                if (!endsWithin(TimeUnit.SECONDS.toMillis(GRACE_SECONDS))) {
                    kill.run();
                    process.destroyForcibly();
                }
            } else if (System.nanoTime() >= end) {
                how = Attempt.End.TIMEOUT;
                kill.run();
                process.destroyForcibly();
            }
        }
        return new Ended(how, process.exitValue(), out.text(), err.text());
    }

    private boolean endsWithin(long milliseconds) {
        try {
            return process.waitFor(Math.max(1, milliseconds), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new HostException("interrupted");
        }
    }

    /** Takes what comes until the end, and keeps the beginning of it. */
    private static final class Capture {
        private static final long LAST_WORDS_MS = 2000;

        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
        private final Thread thread;

        Capture(InputStream in) {
            thread = new Thread(() -> drain(in), "output");
            thread.setDaemon(true);
            thread.start();
        }

        private void drain(InputStream in) {
            byte[] chunk = new byte[8192];
            try {
                for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
                    synchronized (kept) {
                        kept.write(chunk, 0, Math.min(length, KEPT_BYTES - kept.size()));
                    }
                }
            } catch (IOException e) {
                /* The other end is gone. */
            }
        }

        /** A process that outlives the command may keep the stream open: it is not waited for. */
        String text() {
            try {
                thread.join(LAST_WORDS_MS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            synchronized (kept) {
                return kept.toString(StandardCharsets.UTF_8);
            }
        }
    }
}
