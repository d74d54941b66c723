package profgen.tracer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import profgen.HostException;
import profgen.container.EngineKind;
import profgen.container.Workload;
import profgen.recording.Journal;
import profgen.recording.JournalReader;
import profgen.recording.RawText;
import profgen.recording.Run;

/**
 * Runs a workload with its own standard streams under the tracer, and reads the journal when it is over.
 *
 * @param journalPrefix path of the journals without their last part, which is {@code RUNID.journal}
 * @param base what an earlier recording has, see {@link BaseFile}
 * @param showProgress whether the listener wants to hear how far a run is
 */
public record Recorder(
        Path tracer,
        CallerState caller,
        String profgenVersion,
        String journalPrefix,
        boolean untilAllExit,
        boolean showProgress,
        Course course,
        Backend backend,
        Optional<Path> base) {

    public Recorded record(Workload workload, EngineKind engine, RunListener listener) {
        EngineKind first = engine == EngineKind.AUTO ? EngineKind.SANDBOX : engine;
        Recorded recorded = once(workload, first, Optional.empty(), listener);
        Journal.Failure failure = recorded.journal().failure();
        if (engine != EngineKind.AUTO || failure == null || !failure.stage().equals("sandbox")) {
            return recorded;
        }
        List<String> impossible = workload.containerOnly();
        if (!impossible.isEmpty()) {
            return recorded;
        }
        recorded.discardJournal();
        listener.fallback(failure.message());
        return once(workload, EngineKind.HOST, Optional.of(failure.message()), listener);
    }

    /** One more run, where the one before it ran. */
    public Recorded again(Workload workload, Recorded before, RunListener listener) {
        return once(workload, before.engine(), before.fallback(), listener);
    }

    /** Processes of others, which go on afterwards. */
    public Recorded attach(RunningProcess process, RunListener listener) {
        String runId = newRunId();
        Path file = Path.of(journalPrefix + runId.substring(0, 8) + ".journal");
        List<Run.LedgerEntry> remarks = new ArrayList<>();
        Recorder here = new Recorder(
                tracer,
                caller,
                profgenVersion,
                journalPrefix,
                untilAllExit,
                showProgress,
                course.ofOthers(),
                backend,
                base);
        here.run(file, options -> command(file, runId, options).of(process), listener, Beside.none(), remarks);
        Journal journal = JournalReader.read(file, new Journal.Origin(profgenVersion, List.of(), remarks));
        return new Recorded(journal, List.of(), file, Optional.empty(), EngineKind.HOST, Optional.empty());
    }

    private Recorded once(Workload workload, EngineKind engine, Optional<String> fallback, RunListener listener) {
        String runId = newRunId();
        Path file = Path.of(journalPrefix + runId.substring(0, 8) + ".journal");
        List<Run.LedgerEntry> remarks = new ArrayList<>();
        fallback.ifPresent(reason -> remarks.add(new Run.LedgerEntry(
                "host-fallback", "recorded on the host: the sandbox does not work here: " + reason)));
        List<String> beneath = (backend == Backend.STRACE ? Backend.PTRACE : backend).options();
        SandboxExec exec = new SandboxExec(tracer, caller, profgenVersion, workload, engine, file, beneath);
        Beside beside = new Beside(exec, course.healthCheck(), course, exec::hasBegun);
        try (beside) {
            beside.start();
            run(file, options -> command(file, runId, options).of(workload, engine), listener, beside, remarks);
        }
        remarks.addAll(beside.remarks());
        List<String> options =
                workload.inWords(engine).stream().map(RawText::printable).toList();
        Journal journal = JournalReader.read(file, new Journal.Origin(profgenVersion, options, remarks));
        return new Recorded(journal, beside.runs(), file, Optional.empty(), engine, fallback);
    }

    private TracerCommand command(Path file, String runId, List<String> course) {
        int interval = showProgress ? Attendance.PROGRESS_MS : 0;
        List<String> options = new ArrayList<>(backend.options());
        base.ifPresent(lines -> options.addAll(List.of("--base", RawText.percent(lines.toString()))));
        options.addAll(course);
        return new TracerCommand(tracer, file, runId, caller, untilAllExit, interval, options);
    }

    /** @param command the tracer's command line with these options */
    private void run(
            Path file,
            UnaryOperator<List<String>> command,
            RunListener listener,
            Beside beside,
            List<Run.LedgerEntry> remarks) {
        try (ControlFile control = new ControlFile(file.resolveSibling(file.getFileName() + ".control"))) {
            if (course.isAttended()) {
                control.create();
            }
            Attendance attendance = new Attendance(course, listener, showProgress, beside);
            ProcessBuilder builder = new ProcessBuilder(command.apply(course.options(control.file(), true)));
            attendance.connect(builder);
            Process process = builder.start();
            listener.started(process::destroy);
            int status = attendance.follow(process, file, control.reins(process), remarks);
            if (!Files.exists(file)) {
                throw new HostException(
                        "profgen-tracer: ended with status " + status + " before it could write a journal");
            }
        } catch (IOException e) {
            throw new HostException("profgen-tracer: cannot be started: " + e.getMessage());
        }
    }

    static int await(Process process) {
        while (true) {
            try {
                return process.waitFor();
            } catch (InterruptedException e) {
                process.destroy();
            }
        }
    }

    /** From the kernel itself: Java's own generator takes longer to get ready than a short run takes to be traced. */
    public static String newRunId() {
        try (InputStream random = Files.newInputStream(Path.of("/dev/urandom"))) {
            return HexFormat.of().formatHex(random.readNBytes(16));
        } catch (IOException e) {
            throw new HostException("/dev/urandom: cannot be read: " + e.getMessage());
        }
    }
}
