package profgen.verify;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import profgen.HostException;
import profgen.recording.Denial;
import profgen.tracer.Conductor;
import profgen.tracer.Course;
import profgen.tracer.LineSearch;

/** A process with an end: its own, a wanted one, or that of its time. It dies with this JVM. */
final class BoundedProcess {
    private static final long PAUSE_MS = 50;
    /** Until an engine has done what it was asked to. */
    private static final Duration ANSWER = Duration.ofSeconds(20);

    private static final int KEPT_BYTES = 1 << 20;
    private static final int KEPT_LAST_BYTES = 1 << 16;
    static final File NOTHING = new File("/dev/null");

    private final Process process;
    private final Capture out;
    private final Capture err;

    /**
     * @param end STOPPED if it was asked to end, TIMEOUT if it was killed since its time was over
     * @param unmet what was wanted of it and did not happen, one sentence each
     */
    record Ended(Attempt.End end, int status, String out, String err, List<String> unmet) {
        /** With the end and the status of the workload, where they are others than the process's own. */
        Attempt attempt(Attempt.End realEnd, int realStatus, List<Denial> denials) {
            return new Attempt(realEnd, realStatus, out, err, denials, unmet);
        }
    }

    /**
     * From now on what it says is kept.
     *
     * @param awaited a line that {@link #hasSaid} asks for
     */
    BoundedProcess(Process process, Optional<Pattern> awaited) {
        this.process = process;
        this.out = new Capture(process.getInputStream(), awaited.map(LineSearch::new));
        this.err = new Capture(process.getErrorStream(), awaited.map(LineSearch::new));
    }

    static BoundedProcess start(List<String> command, Optional<Pattern> awaited) {
        try {
            return new BoundedProcess(
                    new ProcessBuilder(command).redirectInput(NOTHING).start(), awaited);
        } catch (IOException e) {
            throw new HostException(command.get(0) + ": cannot be started: " + e.getMessage());
        }
    }

    /** To its own end, with an empty standard input. */
    static Ended run(List<String> command, Duration limit) {
        BoundedProcess started = start(command, Optional.empty());
        Trial trial = new Trial(command, null, limit, Course.PLAIN, () -> false);
        return started.await(trial, Optional.empty(), started.process::destroyForcibly);
    }

    Process process() {
        return process;
    }

    /** Whether a line of its output or errors was the awaited one. */
    boolean hasSaid() {
        return Stream.of(out, err).flatMap(stream -> stream.search.stream()).anyMatch(LineSearch::found);
    }

    /**
     * Until it has ended.
     *
     * @param trial whose limit goes from now until it is killed, unless it was asked to end, and whose course's grace goes from then
     * @param conductor takes it through its course
     * @param kill ends it; the process itself is killed in any case
     * @throws CancellationException if the user wanted the end of it all
     */
    Ended await(Trial trial, Optional<Conductor> conductor, Runnable kill) {
        Thread atExit = new Thread(kill, "end of a run");
        try {
            watch(atExit, kill);
            Attempt.End how = untilItEnds(trial, conductor, kill);
            heedUser(trial, kill);
            List<String> unmet = new ArrayList<>();
            conductor.ifPresent(one -> one.finish().forEach(entry -> unmet.add(entry.detail())));
            boolean wanted = conductor.filter(Conductor::isReached).isPresent();
            Attempt.End end = how == Attempt.End.ENDED && wanted ? Attempt.End.STOPPED : how;
            return new Ended(end, process.exitValue(), out.text(), err.text(), unmet);
        } finally {
            conductor.ifPresent(Conductor::release);
            process.destroyForcibly();
            try {
                Runtime.getRuntime().removeShutdownHook(atExit);
            } catch (IllegalStateException e) {
                /* The JVM is on its way, and the hook does its work. */
            }
        }
    }

    private static void watch(Thread atExit, Runnable kill) {
        try {
            Runtime.getRuntime().addShutdownHook(atExit);
        } catch (IllegalStateException e) {
            kill.run();
            throw new CancellationException("the JVM is on its way");
        }
    }

    private static void heedUser(Trial trial, Runnable kill) {
        if (trial.endWanted().getAsBoolean()) {
            kill.run();
            throw new CancellationException("the end was asked for");
        }
    }

    private Attempt.End untilItEnds(Trial trial, Optional<Conductor> conductor, Runnable kill) {
        long end = System.nanoTime() + trial.limit().toNanos();
        Attempt.End how = Attempt.End.ENDED;
        while (!endsWithin(Math.min(PAUSE_MS, (end - System.nanoTime()) / 1_000_000 + 1))) {
            heedUser(trial, kill);
            conductor.ifPresent(Conductor::step);
            if (how == Attempt.End.ENDED
                    && conductor.filter(Conductor::isStopped).isPresent()) {
                how = Attempt.End.STOPPED;
                end = System.nanoTime() + trial.course().grace().plus(ANSWER).toNanos();
            }
            if (System.nanoTime() >= end) {
                how = how == Attempt.End.ENDED ? Attempt.End.TIMEOUT : how;
                kill.run();
                process.destroyForcibly();
            }
        }
        return how;
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

    /** Takes what comes until the end, and keeps the beginning and the end of it. */
    private static final class Capture {
        private static final long LAST_WORDS_MS = 2000;

        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
        private final Optional<LineSearch> search;
        private byte[] last = {};
        private final Thread thread;

        Capture(InputStream in, Optional<LineSearch> search) {
            this.search = search;
            thread = new Thread(() -> drain(in), "output");
            thread.setDaemon(true);
            thread.start();
        }

        private void drain(InputStream in) {
            byte[] chunk = new byte[8192];
            try {
                for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
                    keep(chunk, length);
                    byte[] taken = chunk;
                    int size = length;
                    search.ifPresent(one -> one.accept(taken, size));
                }
            } catch (IOException e) {
                /* The other end is gone. */
            }
        }

        private void keep(byte[] chunk, int length) {
            synchronized (kept) {
                int first = Math.min(length, KEPT_BYTES - kept.size());
                kept.write(chunk, 0, first);
                int more = length - first;
                if (more > 0) {
                    int old = Math.min(last.length, KEPT_LAST_BYTES - more);
                    byte[] joined = Arrays.copyOfRange(last, last.length - old, last.length + more);
                    System.arraycopy(chunk, first, joined, old, more);
                    last = joined;
                }
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
                ByteArrayOutputStream all = new ByteArrayOutputStream();
                all.writeBytes(kept.toByteArray());
                all.writeBytes(last);
                return all.toString(StandardCharsets.UTF_8);
            }
        }
    }
}
