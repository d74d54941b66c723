package profgen.verify;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import profgen.HostException;
import profgen.container.EngineKind;
import profgen.container.Workload;
import profgen.filter.Host;
import profgen.recording.Journal;
import profgen.recording.Run;
import profgen.tracer.CallerState;
import profgen.tracer.Conductor;
import profgen.tracer.Course;
import profgen.tracer.FilteredRun;
import profgen.tracer.Recorder;

/** The built-in container, or the host: the workload's process loads the filter, and every run tells what was refused. */
public final class SandboxPlace implements Place {
    private static final int NOT_EXECUTABLE = 126;
    private static final int NOT_FOUND = 127;

    private final Workload workload;
    private final EngineKind engine;
    private final Host host;
    private final Path tracer;
    private final String version;
    private final Scratch scratch;
    private final Programs programs;

    /** @param engine SANDBOX or HOST */
    public SandboxPlace(Workload workload, EngineKind engine, Host host, Path tracer, String version, Scratch scratch) {
        this.workload = workload;
        this.engine = engine;
        this.host = host;
        this.tracer = scratch.copyExecutable(tracer);
        this.version = version;
        this.scratch = scratch;
        this.programs = new Programs(host, scratch);
    }

    @Override
    public Host host() {
        return host;
    }

    @Override
    public String inWords() {
        return engine == EngineKind.HOST ? "this machine, without a container" : "the built-in container";
    }

    @Override
    public Attempt run(Trial trial) {
        Path program =
                trial.profile() == null ? null : programs.of(trial.profile()).orElse(null);
        Course course = trial.course();
        try (FilteredRun run = new FilteredRun(
                tracer, CallerState.ofProperties(), Recorder.newRunId(), program, scratch.file(".journal"), course)) {
            BoundedProcess process = BoundedProcess.start(
                    run.command(workload(trial.command()), engine),
                    course.ready().log());
            Conductor conductor = run.conductor(process.process(), workload(trial.command()), engine, process::hasSaid);
            BoundedProcess.Ended ended =
                    process.await(trial, Optional.of(conductor), process.process()::destroyForcibly);
            Journal journal = run.read(version);
            return ended.attempt(ended.end(), status(journal), journal.denials());
        }
    }

    /** What is not the workload's own command is of profgen and needs no file system of the workload's. */
    private Workload workload(List<String> command) {
        return command.equals(workload.command()) ? workload : workload.running(command);
    }

    private int status(Journal journal) {
        Journal.Failure failure = journal.failure();
        if (failure != null && !failure.isOfCommand()) {
            throw new HostException(
                    failure.stage() + ": " + failure.message(), "profgen doctor says what this machine lacks");
        }
        if (failure != null) {
            return failure.isNotFound() ? NOT_FOUND : NOT_EXECUTABLE;
        }
        Run.Outcome outcome = journal.run().outcome();
        if (outcome.signal() != null) {
            return 128 + outcome.signal();
        }
        return Optional.ofNullable(outcome.exitStatus()).orElse(128 + 9);
    }

    @Override
    public Attempt explain(Trial trial) {
        return run(trial);
    }

    @Override
    public boolean hasRuntime() {
        return false;
    }

    @Override
    public boolean isContainer() {
        return engine != EngineKind.HOST;
    }

    @Override
    public boolean noNewPrivileges() {
        return workload.noNewPrivileges();
    }

    @Override
    public List<String> tracer() {
        return List.of(tracer.toString());
    }
}
