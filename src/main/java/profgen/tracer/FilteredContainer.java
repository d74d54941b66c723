package profgen.tracer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import profgen.container.Container;
import profgen.container.ContainerSpec;
import profgen.container.Engine;
import profgen.container.Mount;
import profgen.container.Seccomp;
import profgen.recording.Journal;
import profgen.recording.JournalReader;

/**
 * A workload in a container of an engine under a filter that it loads itself, with the tracer looking on: the container has no filter of the
 * engine's.
 */
public final class FilteredContainer implements AutoCloseable {
    private final Path tracer;
    private final Path program;
    private final RunFolder folder;
    private final Course course;
    private final ControlFile control;
    private final ProgressReader reader;

    /**
     * @param program a file of struct sock_filter
     * @param folder an existing one for what the container writes
     */
    public FilteredContainer(Path tracer, Path program, Path folder, String runId, Course course) {
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
    public ContainerSpec spec(Engine engine, ContainerSpec spec, String runId, boolean pid1) {
        String place = ContainerRecorder.mountPoint(spec);
        List<String> words = new ArrayList<>(
                List.of(tracerIn(spec), "record", "--entry", engine.kind().label()));
        words.addAll(List.of("--journal", place + "/shared/journal", "--run-id", runId));
        words.addAll(List.of("--filter", place + "/filter", "--progress-interval", "0"));
        words.addAll(course.options(Path.of(place, "shared", RunFolder.CONTROL), false));
        if (pid1) {
            words.add("--pid1");
        }
        words.add("--");
        engine.commandLine(spec).forEach(word -> words.add(RawText.percent(word)));
        List<Mount> mounts = List.of(
                mountOf(tracer, spec),
                new Mount(program.toAbsolutePath().toString(), place + "/filter", true),
                new Mount(folder.shared().toString(), place + "/shared", false));
        return spec.running(words, mounts).with(Seccomp.UNCONFINED);
    }

    /** @param pid1 the workload is the first process, and stopped by the engine */
    public Conductor conductor(Container container, Process client, boolean pid1, BooleanSupplier lineSeen) {
        Reins engine = new EngineReins(container, course);
        Reins tracer = control.reins(client, engine.container());
        return new Conductor(course, pid1 ? tracer.stoppedBy(engine) : tracer, () -> 0, lineSeen, reader::phaseNow);
    }

    /** After the end of the container, however it came. */
    public Journal read(String profgenVersion) {
        return JournalReader.read(folder.journal(), new Journal.Origin(profgenVersion, List.of(), List.of()));
    }

    @Override
    public void close() {
        reader.close();
        folder.remove();
    }
}
