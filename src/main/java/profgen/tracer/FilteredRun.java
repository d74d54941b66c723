package profgen.tracer;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import profgen.HostException;
import profgen.container.EngineKind;
import profgen.container.Workload;
import profgen.recording.Journal;
import profgen.recording.JournalReader;
import profgen.recording.RawText;

/** One run of a workload under a filter, with the tracer looking on: the tracer itself is not under the filter, and tells what that refuses. */
public final class FilteredRun implements AutoCloseable {
    private static final int TRY_ERRNO = 20;
    private static final int TRY_HIGHEST = 100;

    private final Path tracer;
    private final CallerState caller;
    private final String runId;
    private final @Nullable Path program;
    private final Path journal;
    private final Course course;
    private final ControlFile control;
    private final ProgressReader reader;
    private Beside beside = Beside.none();

    /**
     * @param program a file of struct sock_filter; null: without a filter
     * @param journal must not exist yet
     */
    public FilteredRun(
            Path tracer, CallerState caller, String runId, @Nullable Path program, Path journal, Course course) {
        this.tracer = tracer;
        this.caller = caller;
        this.runId = runId;
        this.program = program;
        this.journal = journal;
        this.course = course;
        this.control = new ControlFile(journal.resolveSibling(journal.getFileName() + ".control"));
        this.reader = new ProgressReader(journal);
        if (course.isAttended()) {
            control.create();
        }
    }

    /** What to start: with the standard streams that the workload is to have. */
    public List<String> command(Workload workload, EngineKind engine) {
        List<String> options = course.options(control.file(), true);
        List<String> command = new ArrayList<>(
                new TracerCommand(tracer, journal, runId, caller, false, 0, options).of(workload, engine));
        if (program != null) {
            command.addAll(2, List.of("--filter", RawText.percent(program.toString())));
        }
        return command;
    }

    /** @param process the tracer's */
    public Conductor conductor(Process process, Workload workload, EngineKind engine, BooleanSupplier lineSeen) {
        List<String> filter = program == null ? List.of() : List.of("--filter", RawText.percent(program.toString()));
        SandboxExec exec = new SandboxExec(tracer, caller, "", workload, engine, journal, filter);
        beside = new Beside(exec, Optional.empty(), course, exec::hasBegun);
        return new Conductor(
                course, control.reins(process), new Conductor.Sights(() -> 0, lineSeen, reader::phaseNow), beside);
    }

    /** After its end, however that came, with what was refused to the probe in the same place. */
    public Journal read(String profgenVersion) {
        if (!Files.exists(journal)) {
            throw new HostException("profgen-tracer: ended before it could write a journal");
        }
        return JournalReader.read(journal, new Journal.Origin(profgenVersion, List.of(), List.of()))
                .with(beside.denials());
    }

    /** The tracer's status for a call that {@code profgen-tracer try} made, as an answer: 0 or the errno; empty if it is none. */
    public static Optional<Integer> answerOfTry(int status) {
        if (status == 0) {
            return Optional.of(0);
        }
        boolean errno = status > TRY_ERRNO && status <= TRY_ERRNO + TRY_HIGHEST;
        return errno ? Optional.of(status - TRY_ERRNO) : Optional.empty();
    }

    @Override
    public void close() {
        reader.close();
        control.close();
    }
}
