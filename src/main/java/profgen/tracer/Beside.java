package profgen.tracer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import profgen.container.Container;
import profgen.container.HealthCheck;
import profgen.recording.Denial;
import profgen.recording.Run;
import profgen.recording.Run.LedgerEntry;

/** What is run in a container beside its workload: the health check, and the probe that is waited for. */
public final class Beside implements AutoCloseable {
    static final String HEALTH_CHECK = "health-check";

    private static final Duration PROBE_PAUSE = Duration.ofMillis(200);

    private final Optional<Repeated> health;
    private final Optional<Repeated> probe;
    private boolean isStarted;

    /** @param hasBegun whether the workload is there already */
    Beside(Inside inside, Optional<HealthCheck> health, Course course, BooleanSupplier hasBegun) {
        this.health = health.map(check -> new Repeated(inside, check, false, hasBegun));
        this.probe = course.untilExec()
                .map(line -> new Repeated(inside, HealthCheck.ofLine(line, PROBE_PAUSE), true, hasBegun));
    }

    /** Nothing. */
    static Beside none() {
        return new Beside((command, limit) -> Inside.Tried.FAILED, Optional.empty(), Course.PLAIN, () -> false);
    }

    /** The probe alone, by a client that nobody traces. */
    public static Beside untraced(Container container, Course course) {
        return new Beside(new PlainExec(container), Optional.empty(), course, () -> true);
    }

    private Stream<Repeated> all() {
        return Stream.concat(health.stream(), probe.stream());
    }

    void start() {
        if (!isStarted) {
            isStarted = true;
            all().forEach(Repeated::start);
        }
    }

    /** What was waited for has happened. */
    boolean probeSucceeded() {
        return probe.filter(Repeated::hasSucceeded).isPresent();
    }

    /** Nothing of it goes on. Twice does no harm. */
    @Override
    public void close() {
        if (isStarted) {
            all().forEach(Repeated::end);
        }
    }

    /** Those that succeeded, as far as they differ. */
    List<Run> runs() {
        return all().flatMap(one -> one.runs().stream()).toList();
    }

    List<Denial> denials() {
        return all().flatMap(one -> one.denials().stream()).toList();
    }

    /** What the ledger is to hold of it. */
    List<LedgerEntry> remarks() {
        List<LedgerEntry> remarks = new ArrayList<>();
        if (health.filter(check -> !check.hasSucceeded()).isPresent()) {
            remarks.add(new LedgerEntry(
                    HEALTH_CHECK,
                    "the health check did not succeed while it was recorded: its calls are not recorded"));
        }
        return remarks;
    }
}
