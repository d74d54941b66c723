package profgen.tracer;

/** What can be asked of a run. Asking twice, or for what is over, does no harm. */
interface Reins {
    /** It is ready: the phase {@code serving} begins. */
    void serving();

    /** The stop signal, and after the grace KILL. */
    void stop();

    void kill();
}
