package profgen.tracer;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import profgen.container.HealthCheck;
import profgen.recording.Call;
import profgen.recording.CallId;
import profgen.recording.Run;

/** Runs a container's health check at its interval while the container is recorded, as the engine would, but each time under a tracer. */
final class HealthChecks {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);
    private static final long FIRST_MS = 500;

    private final ExecRecorder recorder;
    private final HealthCheck check;
    private final Path journal;
    private final List<Run> runs = new ArrayList<>();
    private final Set<CallId> seen = new HashSet<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread thread = new Thread(this::repeat, "health check");

    /** @param journal of the container's command: once there is something in it, commands can be run beside it */
    HealthChecks(ExecRecorder recorder, HealthCheck check, Path journal) {
        this.recorder = recorder;
        this.check = check;
        this.journal = journal;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void repeat() {
        try {
            boolean ended = over.await(FIRST_MS, TimeUnit.MILLISECONDS);
            while (!ended && !Files.exists(journal)) {
                ended = over.await(FIRST_MS, TimeUnit.MILLISECONDS);
            }
            while (!ended) {
                recorder.quietly(check.command(), LIMIT).ifPresent(this::keep);
                ended = over.await(check.interval().toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            /* The container has ended. */
        }
    }

    /** One that shows what no earlier one has; what failed before the workload was ready is no evidence of a failure. */
    private synchronized void keep(Run run) {
        boolean isNew = run.calls().stream().map(Call::id).anyMatch(id -> !seen.contains(id));
        if (run.complete() && Objects.equals(run.outcome().exitStatus(), 0) && isNew) {
            run.calls().forEach(call -> seen.add(call.id()));
            runs.add(run);
        }
    }

    /** At the container's end: the runs that succeeded, as far as they differ. */
    List<Run> finish() {
        over.countDown();
        try {
            thread.join(LAST_WORDS.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread.interrupt();
        synchronized (this) {
            return List.copyOf(runs);
        }
    }
}
