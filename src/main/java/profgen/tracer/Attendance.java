package profgen.tracer;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import profgen.recording.JournalFollower;
import profgen.recording.Run.LedgerEntry;

/**
 * What is to be done while a run lasts: its progress told, its course taken.
 *
 * @param showProgress whether the listener wants to hear how far a run is
 * @param beside what is run beside it, to be ended by others
 */
record Attendance(Course course, RunListener listener, boolean showProgress, Beside beside) {
    static final int PROGRESS_MS = 250;
    private static final int LOOK_MS = 50;

    /** The streams of a process that is going to be followed: the caller's own, unless a line in them is waited for. */
    void connect(ProcessBuilder builder) {
        builder.inheritIO();
        if (course.ready().log().isPresent()) {
            builder.redirectOutput(ProcessBuilder.Redirect.PIPE).redirectError(ProcessBuilder.Redirect.PIPE);
        }
    }

    /**
     * Until the process has ended; its exit status.
     *
     * @param remarks takes what the ledger is to hold of it
     */
    int follow(Process process, Path journal, Reins reins, List<LedgerEntry> remarks) {
        ProgressReader reader = new ProgressReader(journal);
        if (!course.isAttended()) {
            return showProgress ? reader.follow(process, PROGRESS_MS, this::progress) : Recorder.await(process);
        }
        Optional<LineWatch> lines = course.ready().log().map(pattern -> new LineWatch(pattern, process));
        Conductor conductor = new Conductor(
                course,
                reins,
                new Conductor.Sights(
                        listener::endRequests,
                        () -> lines.filter(LineWatch::found).isPresent(),
                        reader::phase),
                beside);
        int status = reader.follow(process, LOOK_MS, far -> {
            progress(far);
            conductor.step();
        });
        lines.ifPresent(LineWatch::awaitLastWords);
        remarks.addAll(conductor.finish());
        return status;
    }

    private void progress(JournalFollower far) {
        if (showProgress) {
            listener.progress(far.progress());
        }
    }
}
