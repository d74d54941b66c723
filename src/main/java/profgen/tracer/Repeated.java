package profgen.tracer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import profgen.container.HealthCheck;
import profgen.recording.Call;
import profgen.recording.CallId;
import profgen.recording.Denial;
import profgen.recording.Journal;
import profgen.recording.Run;

/** A command that is run in a container again and again, at its interval, as an engine runs a health check. */
final class Repeated {
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);
    private static final long LOOK_MS = 100;
    /** An image may ask for none, and each run starts processes. */
    private static final long LEAST_PAUSE_MS = 100;

    private final Inside inside;
    private final HealthCheck check;
    private final boolean untilSuccess;
    private final BooleanSupplier hasBegun;
    private final List<Run> runs = new ArrayList<>();
    private final Set<CallId> seen = new HashSet<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread thread = new Thread(this::repeat, "commands in the container");
    private List<Denial> denials = List.of();
    private volatile boolean succeeded;

    /**
     * @param untilSuccess the first success is the last run
     * @param hasBegun whether the workload is there already, so that something can be run beside it
     */
    Repeated(Inside inside, HealthCheck check, boolean untilSuccess, BooleanSupplier hasBegun) {
        this.inside = inside;
        this.check = check;
        this.untilSuccess = untilSuccess;
        this.hasBegun = hasBegun;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void repeat() {
        try {
            boolean ended = over.await(LOOK_MS, TimeUnit.MILLISECONDS);
            while (!ended && !hasBegun.getAsBoolean()) {
                ended = over.await(LOOK_MS, TimeUnit.MILLISECONDS);
            }
            while (!ended && !(untilSuccess && succeeded)) {
                keep(inside.run(check.command(), check.timeout()));
                ended = over.await(Math.max(LEAST_PAUSE_MS, check.interval().toMillis()), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            /* The container has ended. */
        }
    }

    /** One that shows what no earlier one has; what failed before the workload was ready is no evidence of a failure. */
    private synchronized void keep(Inside.Tried tried) {
        denials = tried.journal().map(Journal::denials).orElse(denials);
        if (!tried.succeeded()) {
            return;
        }
        tried.journal().map(Journal::run).filter(Run::complete).ifPresent(run -> {
            if (run.calls().stream().map(Call::id).anyMatch(id -> !seen.contains(id))) {
                run.calls().forEach(call -> seen.add(call.id()));
                runs.add(run);
            }
        });
        succeeded = true;
    }

    boolean hasSucceeded() {
        return succeeded;
    }

    /** At the container's end. Twice does no harm. */
    void end() {
        over.countDown();
        try {
            thread.join(LAST_WORDS.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread.interrupt();
    }

    /** The runs that succeeded, as far as they differ. */
    synchronized List<Run> runs() {
        return List.copyOf(runs);
    }

    /** What a filter refused the latest. */
    synchronized List<Denial> denials() {
        return List.copyOf(denials);
    }
}
