package profgen.tracer;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.LockSupport;
import profgen.HostException;
import profgen.container.Container;

/** A container that its engine stops, since no tracer in it can. */
public final class EngineReins implements Reins {
    private static final Duration START = Duration.ofSeconds(20);
    private static final long PAUSE_NS = 100_000_000;

    private final Container container;
    private final OptionalInt signal;
    private final Duration grace;
    private volatile boolean serving;
    private volatile boolean stopped;

    /** With the course's stop signal, or else the image's. */
    public EngineReins(Container container, Course course) {
        this.container = container;
        this.signal = course.stopSignal();
        this.grace = course.grace();
    }

    @Override
    public void serving() {
        serving = true;
    }

    public boolean isServing() {
        return serving;
    }

    @Override
    public Optional<String> container() {
        return Optional.of(container.name());
    }

    /** Its end was asked for. */
    boolean isStopped() {
        return stopped;
    }

    @Override
    public void stop() {
        stopped = true;
        Thread stopping = new Thread(this::stopOnceItRuns, "stopping");
        stopping.setDaemon(true);
        stopping.start();
    }

    /** What it comes to is seen by whoever waits for the container. */
    private void stopOnceItRuns() {
        long end = System.nanoTime() + START.toNanos();
        try {
            while (!container.stop(signal, grace) && container.state().exists() && System.nanoTime() < end) {
                LockSupport.parkNanos(PAUSE_NS);
            }
        } catch (HostException e) {
            /* The engine does not answer: the removal, which comes at last, says so. */
        }
    }

    @Override
    public void kill() {
        container.kill();
    }
}
