package profgen.tracer;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import profgen.container.Container;
import profgen.container.ContainerSpec;
import profgen.container.Engine;
import profgen.container.Mount;
import profgen.container.RecordedPlace;
import profgen.container.Seccomp;
import profgen.recording.Journal;
import profgen.recording.JournalReader;
import profgen.recording.RawText;

/**
 * A workload in a container of an engine under a filter that it loads itself, with the tracer looking on: the container has no filter of the
 * engine's.
 */
public final class FilteredContainer implements AutoCloseable {
    private final Engine engine;
    private final ContainerSpec wanted;
    private final Path tracer;
    private final Path program;
    private final RunFolder folder;
    private final Course course;
    private final ControlFile control;
    private final ProgressReader reader;
    private Beside beside = Beside.none();

    /**
     * @param wanted the container as it would be without profgen
     * @param program a file of struct sock_filter
     * @param folder an existing one for what the container writes
     */
    public FilteredContainer(
            Engine engine, ContainerSpec wanted, Path tracer, Path program, Path folder, String runId, Course course) {
        this.engine = engine;
        this.wanted = wanted;
        this.tracer = tracer;
        this.program = program;
        this.folder = RunFolder.create(folder + "/", runId);
        this.course = course;
        this.control = new ControlFile(this.folder.control());
        this.reader = new ProgressReader(this.folder.journal());
        if (course.isAttended()) {
            control.create();
        }
    }

    /** Where the tracer is in a container that {@link #mountOf} is a mount of. */
    public static String tracerIn(ContainerSpec spec) {
        return ContainerRecorder.mountPoint(spec) + "/tracer";
    }

    public static Mount mountOf(Path tracer, ContainerSpec spec) {
        return new Mount(tracer.toAbsolutePath().toString(), tracerIn(spec), true);
    }

    /** The container to make. */
    public ContainerSpec spec(String runId, boolean pid1) {
        String place = ContainerRecorder.mountPoint(wanted);
        List<String> words = new ArrayList<>(
                List.of(tracerIn(wanted), "record", "--entry", engine.kind().label()));
        words.addAll(List.of("--journal", place + "/shared/journal", "--run-id", runId));
        words.addAll(List.of("--filter", place + "/filter", "--progress-interval", "0"));
        words.addAll(course.options(Path.of(place, "shared", RunFolder.CONTROL), false));
        if (pid1) {
            words.add("--pid1");
        }
        words.add("--");
        engine.commandLine(wanted).forEach(word -> words.add(RawText.percent(word)));
        List<Mount> mounts = List.of(
                mountOf(tracer, wanted),
                new Mount(program.toAbsolutePath().toString(), place + "/filter", true),
                new Mount(folder.shared().toString(), place + "/shared", false));
        return wanted.running(words, mounts).with(Seccomp.UNCONFINED);
    }

    /** @param pid1 the workload is the first process, and stopped by the engine */
    public Conductor conductor(Container container, Process client, boolean pid1, BooleanSupplier lineSeen) {
        Reins engines = new EngineReins(container, course);
        Reins tracers = control.reins(client, engines.container());
        beside = new Beside(exec(container), Optional.empty(), course, () -> Files.exists(folder.journal()));
        return new Conductor(
                course,
                pid1 ? tracers.stoppedBy(engines) : tracers,
                new Conductor.Sights(() -> 0, lineSeen, reader::phaseNow),
                beside);
    }

    /** What is executed in the container is under the filter as well. */
    private Inside exec(Container container) {
        String place = ContainerRecorder.mountPoint(wanted);
        RecordedPlace recorded = new RecordedPlace(
                engine.kind(), container.name(), place, folder.shared(), (options, words) -> container.execLine(words));
        return new ExecRecorder(recorded, List.of(), List.of("--filter", place + "/filter"), "");
    }

    /** After the end of the container, however it came, with what was refused to the probe in it. */
    public Journal read(String profgenVersion) {
        return JournalReader.readFromWorkload(
                        folder.journal(), new Journal.Origin(profgenVersion, List.of(), List.of()))
                .with(beside.denials());
    }

    @Override
    public void close() {
        reader.close();
        folder.remove();
    }
}
