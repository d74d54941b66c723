package profgen.tracer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import profgen.recording.Ledger;
import profgen.recording.Phase;
import profgen.recording.Run.LedgerEntry;

/**
 * Takes a run through its course: asked again and again while the run lasts, it sees what has happened, starts what is due, and stops the run when
 * its purpose is reached. It waits for nothing.
 */
public final class Conductor {
    private static final Duration PROBE_LIMIT = Duration.ofSeconds(30);

    private final Course course;
    private final Reins reins;
    private final Sights sights;
    private final Beside beside;
    private final long start = System.nanoTime();
    private final List<LedgerEntry> remarks = new ArrayList<>();
    private @Nullable HostCommand readyProbe;
    private @Nullable HostCommand untilProbe;
    private @Nullable HostCommand load;
    private boolean saidServing;
    private boolean reached;
    private boolean stopped;
    private boolean killed;

    /**
     * What it looks at.
     *
     * @param endRequests how often the user has asked for the end
     * @param lineSeen whether the line came that tells of readiness
     * @param phase the latest that is known to have begun
     */
    public record Sights(IntSupplier endRequests, BooleanSupplier lineSeen, Supplier<Optional<Phase>> phase) {}

    /** @param beside is started with the first step, and ended at last */
    public Conductor(Course course, Reins reins, Sights sights, Beside beside) {
        this.course = course;
        this.reins = reins;
        this.sights = sights;
        this.beside = beside;
    }

    /** Looks, and does what is due. */
    public void step() {
        heedUser();
        beside.start();
        boolean ready = sights.phase().get().filter(now -> now != Phase.ENTRY).isPresent();
        if (!ready) {
            look();
        }
        if (stopped) {
            return;
        }
        course.exercise().ifPresent(command -> exercise(command, ready));
        course.until().ifPresent(this::until);
        if (beside.probeSucceeded()) {
            reach();
        }
        Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
        if (course.limit().filter(limit -> elapsed.compareTo(limit) >= 0).isPresent()) {
            reached = true;
            stop();
        } else if (isOverdue(elapsed)) {
            stop();
        }
    }

    private boolean isOverdue(Duration elapsed) {
        return course.waits() && course.limit().isEmpty() && elapsed.compareTo(course.patience()) >= 0;
    }

    private void heedUser() {
        int requests = sights.endRequests().getAsInt();
        if (requests > 0 && !stopped) {
            reached |= course.exercise().isEmpty();
            stop();
        }
        if (requests > 1 && !killed) {
            killed = true;
            reins.kill();
        }
    }

    private void look() {
        boolean now = sights.lineSeen().getAsBoolean();
        if (!now && course.ready().probe().isPresent()) {
            readyProbe = readyProbe == null
                    ? HostCommand.probe(course.ready().probe().get(), PROBE_LIMIT, reins.container())
                    : readyProbe;
            OptionalInt status = readyProbe.status();
            now = status.isPresent() && status.getAsInt() == 0;
            readyProbe = status.isPresent() && !now ? null : readyProbe;
        }
        if (now && !saidServing) {
            saidServing = true;
            reins.serving();
        }
    }

    private void exercise(String command, boolean ready) {
        if (load == null && ready) {
            load = HostCommand.load(command, reins.container());
        }
        OptionalInt status = load == null ? OptionalInt.empty() : load.status();
        if (status.isEmpty()) {
            return;
        }
        reached = true;
        if (status.getAsInt() != 0) {
            remark("the load (" + command + ") ended with status " + status.getAsInt());
        }
        stop();
    }

    private void until(String command) {
        untilProbe = untilProbe == null ? HostCommand.probe(command, PROBE_LIMIT, reins.container()) : untilProbe;
        OptionalInt status = untilProbe.status();
        if (status.isPresent() && status.getAsInt() == 0) {
            reach();
        } else if (status.isPresent()) {
            untilProbe = null;
        }
    }

    private void reach() {
        reached = true;
        reins.serving();
        stop();
    }

    private void stop() {
        if (!stopped) {
            stopped = true;
            reins.stop();
        }
    }

    private void remark(String detail) {
        remarks.add(new LedgerEntry(Ledger.UNMET, detail));
    }

    /** It has asked for the end of the run. */
    public boolean isStopped() {
        return stopped;
    }

    /** What the run was for has happened, or failed to. */
    public boolean isReached() {
        return reached;
    }

    /** Nothing of this goes on, however far it came. */
    public void release() {
        for (HostCommand command : new HostCommand[] {readyProbe, untilProbe, load}) {
            if (command != null) {
                command.kill();
            }
        }
    }

    /** When the run is over: nothing of this goes on. What was wanted and did not happen is for the ledger. */
    public List<LedgerEntry> finish() {
        beside.close();
        reached |= beside.probeSucceeded();
        if (load != null && !reached && !stopped) {
            load.awaitEnd();
            course.exercise().ifPresent(command -> exercise(command, true));
        }
        release();
        if (!reached && course.exercise().isPresent()) {
            remark(
                    load == null
                            ? "the workload was never ready: no load was put on it"
                            : "the load did not come to its end");
        } else if (!reached) {
            course.until()
                    .or(course::untilExec)
                    .ifPresent(probe -> remark("what was waited for did not happen: " + probe));
        }
        return List.copyOf(remarks);
    }
}
