package profgen.recording;

import java.util.Set;

/** The kinds of ledger entries; a recording may hold others, from other back ends. */
public final class Ledger {
    /** The journal has no end: the recorder was killed, or is still at work. */
    public static final String NO_END = "no-end";
    /** The last line of the journal was cut off. */
    public static final String JOURNAL_TORN = "journal-torn";
    /** A line of the journal could not be understood. */
    public static final String JOURNAL_DAMAGED = "journal-damaged";
    /** The recorder could not write all of its journal. */
    public static final String JOURNAL_WRITE_FAILED = "journal-write-failed";
    /** The recorder failed while the workload ran. */
    public static final String RECORDER_FAILED = "recorder-failed";
    /** The recorder counted events that it could not record. */
    public static final String LOST_EVENTS = "lost-events";
    /** A stop of a process was not seen. */
    public static final String LOST_STOP = "lost-stop";
    /** A process was started so that no tracer follows it. */
    public static final String UNTRACED_CLONE = "untraced-clone";
    /** A filter of the workload's own may have denied calls before the recorder heard of them. */
    public static final String CALLS_HIDDEN = "calls-hidden";
    /** A number that profgen's tables do not name: it cannot appear in a profile. */
    public static final String UNNAMED_NUMBER = "unnamed-number";
    /** Calls in an ABI other than the architecture's own. */
    public static final String FOREIGN_ABI = "foreign-abi";
    /** Calls in an ABI that has no table. */
    public static final String UNNAMED_ABI = "unnamed-abi";
    /** The workload ran under a seccomp filter from its start: what that denies changed its way. */
    public static final String FILTER_PRESENT = "filter-present";
    /** io_uring does work without system calls: the recorded set is not the whole behaviour. */
    public static final String USES_IO_URING = "uses-io-uring";
    /** A program of the workload could not trace another one, perhaps since that was the recorder's tracee already. */
    public static final String ONE_TRACER = "one-tracer";
    /** A process was still there when the main process ended. */
    public static final String STILL_RUNNING = "still-running";
    /** The run was asked to end, at a time that was chosen: its end is no failure of the workload. */
    public static final String STOPPED = "stopped";
    /** It was killed, on request or because it did not end when it was asked to. */
    public static final String KILLED = "killed";
    /** A load, or an end that was waited for, did not come about: the recording is whole, but not of what was wanted. */
    public static final String UNMET = "unmet";
    /** Recorded from the middle on: the processes were there before. */
    public static final String ATTACHED = "attached";
    /** A process below the one that was attached to could not be attached. */
    public static final String NOT_ATTACHED = "not-attached";
    /** A capability that profgen has no name for was in a set. */
    public static final String UNKNOWN_CAPABILITY = "unknown-capability";
    /** The recorder sees what capabilities are asked for, and has missed some. */
    public static final String CAPABILITY_UNSEEN = "capability-unseen";

    /** Made of another program's log: what that was told not to show is missing. */
    public static final String IMPORTED = "imported";
    /** Lines of an imported log say what profgen does not understand. */
    public static final String LINE_NOT_UNDERSTOOD = "line-not-understood";

    private static final Set<String> LOSSES = Set.of(
            NO_END,
            JOURNAL_TORN,
            JOURNAL_DAMAGED,
            JOURNAL_WRITE_FAILED,
            RECORDER_FAILED,
            LOST_EVENTS,
            LOST_STOP,
            NOT_ATTACHED,
            UNTRACED_CLONE,
            CALLS_HIDDEN,
            LINE_NOT_UNDERSTOOD);

    private Ledger() {}

    /** Whether calls may be missing from the recording, which makes it incomplete; other kinds are doubts and remarks. */
    public static boolean isLoss(String kind) {
        return LOSSES.contains(kind);
    }
}
