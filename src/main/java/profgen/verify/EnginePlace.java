package profgen.verify;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import profgen.BadInputException;
import profgen.container.Container;
import profgen.container.ContainerSpec;
import profgen.container.Engine;
import profgen.container.Seccomp;
import profgen.filter.Host;
import profgen.filter.Resolver;
import profgen.profile.Profile;
import profgen.profile.ProfileWriter;
import profgen.recording.Denial;
import profgen.tracer.Beside;
import profgen.tracer.Conductor;
import profgen.tracer.Course;
import profgen.tracer.EngineReins;
import profgen.tracer.FilteredContainer;
import profgen.tracer.Recorder;

/** A container of an engine, which gets the profile from profgen and makes the filter of it itself. */
public final class EnginePlace implements Place {
    private final Engine engine;
    private final ContainerSpec spec;
    private final Optional<String> shared;
    private final boolean pid1;
    private final Host host;
    private final Path tracer;
    private final String version;
    private final Scratch scratch;
    private final Programs programs;

    /** @param pid1 the workload is the first process also where the tracer looks on */
    public EnginePlace(
            Engine engine, ContainerSpec spec, boolean pid1, Host host, Path tracer, String version, Scratch scratch) {
        this.engine = engine;
        this.shared = engine.freshProblem(spec);
        this.spec = shared.isPresent() ? spec : spec.asFresh();
        this.pid1 = pid1;
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
        return "a container of " + engine.kind().label() + " from " + spec.origin()
                + shared.map(problem -> ", which all runs share: " + problem).orElse("");
    }

    @Override
    public Attempt run(Trial trial) {
        ContainerSpec started = trial.command().get(0).equals(FilteredContainer.tracerIn(spec))
                ? spec.running(trial.command(), List.of(FilteredContainer.mountOf(tracer, spec)))
                : spec;
        SeenReadiness.check(trial.course());
        return run(started.with(seccomp(trial.profile())), trial, (container, process) -> {
            EngineReins reins = new EngineReins(container, trial.course());
            SeenReadiness readiness = new SeenReadiness(container, trial.course(), reins);
            return new Conductor(
                    trial.course(),
                    reins,
                    new Conductor.Sights(() -> 0, process::hasSaid, readiness::phase),
                    Beside.untraced(container, trial.course()));
        });
    }

    /** @param conductor of the container and the client that is attached to it */
    private Attempt run(
            ContainerSpec started, Trial trial, BiFunction<Container, BoundedProcess, Conductor> conductor) {
        try (Container container = engine.create(started)) {
            BoundedProcess client = new BoundedProcess(
                    container.start(streams -> streams.redirectInput(BoundedProcess.NOTHING)),
                    trial.course().ready().log());
            BoundedProcess.Ended ended =
                    client.await(trial, Optional.of(conductor.apply(container, client)), container::remove);
            boolean failed =
                    ended.end() == Attempt.End.ENDED && ended.status() != 0 && container.wasNotStarted(ended.err());
            return ended.attempt(failed ? Attempt.End.NOT_STARTED : ended.end(), ended.status(), List.of());
        }
    }

    private Seccomp seccomp(@Nullable Profile profile) {
        if (profile == null || profile.isUnconfined()) {
            return Seccomp.UNCONFINED;
        }
        Profile read =
                engine.kind().isRuntime() ? Resolver.resolve(profile, host).toProfile() : profile;
        byte[] text = ProfileWriter.write(read).getBytes(StandardCharsets.UTF_8);
        return Seccomp.of(scratch.write(".json", text, false));
    }

    @Override
    public Attempt explain(Trial trial) {
        Optional<Path> program = Optional.ofNullable(trial.profile()).flatMap(programs::of);
        if (program.isEmpty()) {
            return run(trial);
        }
        String runId = Recorder.newRunId();
        Course course = trial.course();
        try (FilteredContainer filtered =
                new FilteredContainer(engine, spec, tracer, program.get(), scratch.folder(), runId, course)) {
            Attempt attempt = run(
                    filtered.spec(runId, pid1),
                    trial,
                    (container, client) -> filtered.conductor(container, client.process(), pid1, client::hasSaid));
            return attempt.with(denials(filtered));
        }
    }

    private List<Denial> denials(FilteredContainer filtered) {
        try {
            return filtered.read(version).denials();
        } catch (BadInputException e) {
            return List.of(); /* it did not come so far */
        }
    }

    @Override
    public boolean hasRuntime() {
        return true;
    }

    @Override
    public boolean isContainer() {
        return true;
    }

    @Override
    public boolean noNewPrivileges() {
        return spec.options().noNewPrivileges();
    }

    @Override
    public List<String> tracer() {
        return new ArrayList<>(List.of(FilteredContainer.tracerIn(spec)));
    }
}
