package profgen.verify;

import java.util.List;
import profgen.recording.Denial;

/**
 * One start of the workload, over.
 *
 * @param status as a shell has it: 128 and the number for a signal
 * @param out its standard output, as far as it was kept; err likewise
 * @param denials what the filter refused; empty where the filter was the engine's, which does not tell
 * @param unmet what was wanted of it and did not happen, e.g. the end of a load, one sentence each
 */
public record Attempt(End end, int status, String out, String err, List<Denial> denials, List<String> unmet) {
    /** How it came to its end. */
    public enum End {
        /** By itself. */
        ENDED,
        /** Its course was over, and it was stopped or has ended itself. */
        STOPPED,
        /** The time was over. */
        TIMEOUT,
        /** The engine could not start the container. */
        NOT_STARTED
    }

    public Attempt {
        denials = List.copyOf(denials);
        unmet = List.copyOf(unmet);
    }

    /** The same, with what was refused. */
    Attempt with(List<Denial> refused) {
        return new Attempt(end, status, out, err, refused, unmet);
    }

    /** {@code ended with status 1}, {@code was ended by signal 31 (SIGSYS)}. */
    public String inWords() {
        return switch (end) {
            case STOPPED -> "ended with status " + status + " when it was stopped";
            case NOT_STARTED -> "was not started: the engine could not start the container";
            case TIMEOUT -> "did not end in time, and was killed";
            case ENDED ->
                status > 128 && status <= 128 + 64
                        ? "ended with status " + status + " (signal " + (status - 128)
                                + (isSigsys() ? ", SIGSYS: killed by the filter" : "") + ")"
                        : "ended with status " + status;
        };
    }

    private boolean isSigsys() {
        return status == 128 + 31;
    }
}
