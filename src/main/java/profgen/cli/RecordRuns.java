package profgen.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import profgen.HostException;
import profgen.container.EngineKind;
import profgen.recording.Journal;
import profgen.recording.JournalFollower.Progress;
import profgen.tracer.Backend;
import profgen.tracer.Course;
import profgen.tracer.Recorded;
import profgen.tracer.RunListener;

/** Runs a workload once or several times, with progress on the terminal and Ctrl-C for the workload. */
final class RecordRuns implements RunListener {
    private static final String OTHER_MACHINE =
            "a program for this machine is needed, of an image that of its platform; what is emulated (binfmt_misc) makes the"
                    + " emulator's calls";

    private final PrintWriter err;
    private final Ending ending;
    private final boolean json;
    private final boolean showProgress;
    private ProgressLine line;

    /**
     * @param json standard error is to hold nothing but JSON
     * @param progress null: where it does not disturb
     */
    RecordRuns(PrintWriter err, Ending ending, boolean json, @Nullable Boolean progress) {
        this.err = err;
        this.ending = ending;
        this.json = json;
        this.showProgress = progress == null ? Terminal.stderrIsTerminalOfItsOwn() : progress;
        this.line = newLine();
    }

    private ProgressLine newLine() {
        return new ProgressLine(err, Terminal.stderrIsTerminal());
    }

    /** At least one run; fewer than asked for if the end was wanted or the workload cannot be run. */
    List<Recorded> run(
            Subject subject, String journalPrefix, boolean untilAllExit, Course course, Backend backend, int times) {
        if (course.endsOnPurpose() || subject instanceof Subject.Running) {
            ending.countRequests();
        }
        Subject.Setting setting = new Subject.Setting(
                journalPrefix, untilAllExit, showProgress, subject.course(course), backend, Optional.empty());
        List<Recorded> runs = new ArrayList<>();
        do {
            line = newLine();
            Recorded run = subject.record(setting, runs.stream().findFirst(), this);
            line.clear();
            runs.add(run);
            if (run.journal().failure() != null) {
                break;
            }
        } while (runs.size() < times && !ending.isWanted());
        return runs;
    }

    @Override
    public void started(Runnable stop) {
        ending.workloadStarted(stop);
    }

    @Override
    public int endRequests() {
        return ending.requests();
    }

    @Override
    public void progress(Progress progress) {
        line.show(progress);
    }

    @Override
    public void fallback(String reason) {
        if (!json) {
            err.println("profgen: sandbox: does not work here, recording on the host: " + reason);
            err.flush();
        }
    }

    /**
     * The exit status if the workload did not run at all, which leaves nothing to write; empty if it ran, also if it did so only
     * before.
     *
     * @throws HostException if this machine is to blame, not the command
     */
    Optional<Integer> refusal(List<Recorded> runs) {
        Recorded last = runs.get(runs.size() - 1);
        Journal.Failure failure = last.journal().failure();
        if (failure == null || runs.size() > 1 || !last.journal().run().calls().isEmpty()) {
            return Optional.empty();
        }
        runs.forEach(Recorded::discardJournal);
        if (!failure.isOfCommand()) {
            throw new HostException(failure.stage() + ": " + failure.message(), remedy(failure, last.engine()));
        }
        Complaint complaint =
                new Complaint(ExitCode.BAD_INPUT, failure.message(), failure.isOfOtherMachine() ? OTHER_MACHINE : null);
        if (json) {
            complaint.printJson(err);
        } else {
            complaint.print(err, false);
        }
        return Optional.of(failure.isNotFound() ? 127 : 126);
    }

    private static String remedy(Journal.Failure failure, EngineKind engine) {
        if (failure.stage().equals("attach")) {
            return failure.message().contains("is traced")
                    ? "a process has one tracer at a time: end the other one first"
                    : "as root, or as its own user where kernel.yama.ptrace_scope is 0; the process must still run";
        }
        return failure.stage().equals("sandbox") && engine == EngineKind.SANDBOX
                ? "profgen doctor says what this machine lacks; --engine host records without a container"
                : "profgen doctor says what this machine lacks";
    }

    /** The recording could not be written: what the journals hold is all there is. */
    static HostException journalsStay(RuntimeException failure, List<Recorded> runs) {
        String files = runs.stream().map(run -> run.file().toString()).collect(Collectors.joining(" "));
        return new HostException(
                String.valueOf(failure.getMessage()),
                "nothing is lost: profgen recover " + files + " makes the recording elsewhere");
    }
}
