package profgen.container;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** A container that profgen made. Whatever becomes of the client that started it, {@link #close} ends and removes it. */
public interface Container extends AutoCloseable {
    /** Its name, which begins with {@code profgen-}. */
    String name();

    /**
     * Starts it, attached.
     *
     * @param streams where standard input, output and error of the client lead; by default to and from pipes
     * @return the client, which ends with the container's status
     */
    Process start(Consumer<ProcessBuilder> streams);

    /** What it is doing. */
    State state();

    /** Sends its first process a signal. False if it does not run any more, or not yet. */
    boolean signal(String signal);

    /** The signal by which it wants to be stopped, as {@code docker stop} begins. */
    boolean stop();

    /**
     * As {@code docker stop}: the signal, and KILL after that time. False if it does not run any more, or not yet.
     *
     * @param other than the signal by which it wants to be stopped
     */
    default boolean stop(OptionalInt other, Duration grace) {
        boolean asked = other.isPresent() ? signal(String.valueOf(other.getAsInt())) : stop();
        if (asked && !awaitEnd(grace)) {
            kill();
        }
        return asked;
    }

    /** Until it runs no more, at most that long: whether it does not. */
    boolean awaitEnd(Duration limit);

    /** Its first process is killed, and so all of it. */
    boolean kill();

    /**
     * Whether the engine could not start it. To be asked when it is over, of one that did not end well.
     *
     * @param errors of the client: the engine's words and the workload's, which cannot be told apart
     */
    boolean wasNotStarted(String errors);

    /** The command line of a client that runs another command inside. */
    List<String> execLine(List<String> command);

    /** Ends it if it runs, and removes it and what profgen made for it. To be called at last, however it ended; twice does no harm. */
    void remove();

    @Override
    default void close() {
        remove();
    }

    /**
     * @param pid of its first process, on the host; empty if none runs
     * @param exists false once it has been removed, by whomever
     */
    record State(boolean exists, boolean running, OptionalInt pid) {
        static final State GONE = new State(false, false, OptionalInt.empty());
    }
}
