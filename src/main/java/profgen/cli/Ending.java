package profgen.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The end as the user asks for it. Where profgen ends the run, requests are counted. Otherwise Ctrl-C and TERM belong to the workload: they are handed on, and the JVM stays until everything is written. Then it ends with the command's
 * own status, by {@link Runtime#halt}, since a JVM that is shutting down has no other way to a status of its own.
 */
final class Ending {
    private static final Map<String, Integer> NUMBERS = Map.of("HUP", 1, "INT", 2, "TERM", 15);

    private final CountDownLatch written = new CountDownLatch(1);
    private final Thread hook = new Thread(this::wanted, "ending");
    private final AtomicInteger requests = new AtomicInteger();
    private Runnable stop = () -> {};
    private boolean stopping;
    private final List<Runnable> restore = new ArrayList<>();
    private volatile int signal;
    private volatile int status;

    private Ending() {}

    static Ending begin() {
        Ending ending = new Ending();
        Runtime.getRuntime().addShutdownHook(ending.hook);
        return ending;
    }

    /** @param stop hands a TERM on; called at once if the end was wanted already */
    synchronized void workloadStarted(Runnable stop) {
        this.stop = stop;
        if (stopping) {
            stop.run();
        }
    }

    synchronized boolean isWanted() {
        return stopping || requests.get() > 0;
    }

    /** From now on INT, TERM and HUP do not end the JVM: they are requests. */
    void countRequests() {
        if (restore.isEmpty()) {
            NUMBERS.forEach((name, number) -> restore.add(SignalHandler.on(name, () -> request(number))));
        }
    }

    private void request(int number) {
        signal = number;
        requests.incrementAndGet();
    }

    /** As a shell tells of what the requests would have ended. */
    int signalStatus() {
        return 128 + signal;
    }

    /** How many have come so far. */
    int requests() {
        return requests.get();
    }

    private void wanted() {
        synchronized (this) {
            stopping = true;
            stop.run();
        }
        try {
            written.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(status);
    }

    /** Everything is written and said. */
    void finish(int finalStatus) {
        status = finalStatus;
        written.countDown();
        restore.forEach(Runnable::run);
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            /* The JVM is already on its way, and the hook ends it. */
        }
    }
}
