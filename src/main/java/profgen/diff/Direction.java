package profgen.diff;

import profgen.filter.Outcome;

/** What a change does to a workload. */
public enum Direction {
    /** More is possible. */
    LOOSENED("loosened", "+"),
    /** Less is possible. */
    TIGHTENED("tightened", "-"),
    /** As much as before, with another answer. */
    OTHER("other", "~");

    private final String label;
    private final String mark;

    Direction(String label, String mark) {
        this.label = label;
        this.mark = mark;
    }

    /** As in reports and options. */
    public String label() {
        return label;
    }

    /** One character for a table. */
    public String mark() {
        return mark;
    }

    static Direction of(Outcome before, Outcome after) {
        int order = Integer.compare(openness(after), openness(before));
        return order == 0 ? OTHER : order > 0 ? LOOSENED : TIGHTENED;
    }

    /** A supervisor or tracer may let the call through or not: between yes and no. */
    static int openness(Outcome outcome) {
        return switch (outcome.action()) {
            case ALLOW, LOG -> 2;
            case NOTIFY, TRACE -> 1;
            case ERRNO, TRAP, KILL_THREAD, KILL_PROCESS -> 0;
        };
    }
}
