package profgen.tracer;

import profgen.recording.JournalFollower.Progress;

/** What a recorder tells while it works, in the thread that records. */
public interface RunListener {
    /** The tracer has been started; {@code stop} sends it a TERM, which goes on to the workload. */
    void started(Runnable stop);

    /** How often the user has asked for the end of a run that profgen ends: once, twice if it is to be at once. */
    default int endRequests() {
        return 0;
    }

    /** At most a few times in a second. */
    void progress(Progress progress);

    /** The sandbox does not work here: the workload is going to run on the host instead. */
    void fallback(String reason);
}
