package profgen.tracer;

import java.util.Optional;

/** What can be asked of a run. Asking twice, or for what is over, does no harm. */
public interface Reins {
    /** It is ready: the phase {@code serving} begins. */
    void serving();

    /** The stop signal, and after the grace KILL. It is not waited for. */
    void stop();

    void kill();

    /** The name of the container that it runs in; empty if no engine knows it. */
    default Optional<String> container() {
        return Optional.empty();
    }

    /** The same, but ended by others: a tracer below the container's first process cannot kill it. */
    default Reins stoppedBy(Reins others) {
        return new Reins() {
            @Override
            public void serving() {
                Reins.this.serving();
            }

            @Override
            public void stop() {
                others.stop();
            }

            @Override
            public void kill() {
                others.kill();
            }

            @Override
            public Optional<String> container() {
                return others.container();
            }
        };
    }
}
