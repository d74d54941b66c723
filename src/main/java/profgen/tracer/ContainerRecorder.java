package profgen.tracer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import profgen.HostException;
import profgen.container.Container;
import profgen.container.ContainerOptions;
import profgen.container.ContainerSpec;
import profgen.container.Engine;
import profgen.container.HealthCheck;
import profgen.container.ImageFacts;
import profgen.container.Mount;
import profgen.container.RecordedPlace;
import profgen.container.Seccomp;
import profgen.recording.Journal;
import profgen.recording.JournalReader;
import profgen.recording.Ledger;
import profgen.recording.RawText;
import profgen.recording.Run;

/**
 * Records in a container of an engine: the tracer is mounted into it and stands in front of its command; all else is as the engine would have it
 * anyway, but for the filter, since what that denies would be recorded as denied.
 *
 * @param journalPrefix path of the folders without their last part, which is {@code RUNID.container}
 * @param pid1 the command is the container's first process, and the tracer below it
 */
public record ContainerRecorder(
        Path tracer,
        String profgenVersion,
        String journalPrefix,
        boolean untilAllExit,
        boolean showProgress,
        boolean pid1,
        Course course,
        Backend backend) {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final String NO_HEALTH_CHECK = "--no-healthcheck";
    private static final int POLL_MS = 100;
    /** To profgen-tracer, from outside of its container: kill the workload, and write the totals. */
    private static final String KILL_WORKLOAD = "64";
    /** In a file system that a container has in memory: what is mounted here leaves no trace in image or container. */
    private static final String IN_MEMORY = "/dev/.profgen";

    private static final Pattern OWN_DEV = Pattern.compile("(.*:|.*(target|destination|dst)=)/dev(/?[:,].*)?/?");

    public Recorded record(Engine engine, ContainerSpec spec, RunListener listener) {
        String runId = Recorder.newRunId();
        RunFolder folder = RunFolder.create(journalPrefix, runId.substring(0, 8) + ".container");
        try {
            return record(engine, spec, runId, folder, listener);
        } catch (RuntimeException e) {
            if (!hasContent(folder.journal())) {
                folder.remove();
                throw e;
            }
            throw new HostException(
                    String.valueOf(e.getMessage()),
                    "what was seen is in a journal: profgen recover " + folder.journal());
        }
    }

    private Recorded record(Engine engine, ContainerSpec spec, String runId, RunFolder folder, RunListener listener) {
        List<Run.LedgerEntry> remarks = new ArrayList<>();
        Optional<HealthCheck> health = healthCheck(engine, spec, remarks);
        Container container = engine.create(traced(engine, spec, runId, folder, health.isPresent()));
        Beside beside =
                new Beside(exec(engine, container, spec, folder), health, course, () -> Files.exists(folder.journal()));
        int status;
        try {
            beside.start();
            status = run(container, spec, folder, listener, beside, remarks);
        } finally {
            remove(container).ifPresent(remarks::add);
            beside.close();
        }
        remarks.addAll(beside.remarks());
        if (!hasContent(folder.journal())) {
            throw new HostException(
                    engine.kind().label() + ": the container did not start: its client ended with status " + status,
                    "what " + engine.kind().label() + " said about it stands above");
        }
        Journal journal = read(engine, spec, folder, status, remarks);
        return new Recorded(
                journal,
                beside.runs(),
                folder.journal(),
                Optional.of(folder.folder()),
                engine.kind(),
                Optional.empty());
    }

    private ExecRecorder exec(Engine engine, Container container, ContainerSpec spec, RunFolder folder) {
        RecordedPlace place = new RecordedPlace(
                engine.kind(),
                container.name(),
                mountPoint(spec),
                folder.shared(),
                (options, words) -> container.execLine(words));
        return ExecRecorder.of(place, List.of(), backend, profgenVersion);
    }

    /** What profgen runs in the engine's place; one that the engine was told of itself is run by it, out of the tracer's sight. */
    private Optional<HealthCheck> healthCheck(Engine engine, ContainerSpec spec, List<Run.LedgerEntry> remarks) {
        List<String> words = spec.options().engineArguments();
        boolean engines = words.stream().anyMatch(word -> word.startsWith("--health-"));
        if (engines) {
            remarks.add(new Run.LedgerEntry(
                    Beside.HEALTH_CHECK,
                    "the engine's health check is not recorded: its calls have to be allowed as well"));
        }
        boolean none = engines || words.contains(NO_HEALTH_CHECK);
        return none ? Optional.empty() : course.healthCheck().or(() -> engine.healthCheck(spec));
    }

    /** What stays is no reason to lose a recording. */
    private static Optional<Run.LedgerEntry> remove(Container container) {
        try {
            container.remove();
            return Optional.empty();
        } catch (HostException e) {
            return Optional.of(
                    new Run.LedgerEntry("container-stays", e.getMessage() + "; it is called " + container.name()));
        }
    }

    private ContainerSpec traced(
            Engine engine, ContainerSpec spec, String runId, RunFolder folder, boolean checksHealth) {
        String place = mountPoint(spec);
        List<String> words = new ArrayList<>(
                List.of(place + "/tracer", "record", "--entry", engine.kind().label()));
        words.addAll(List.of("--journal", place + "/shared/journal", "--run-id", runId));
        inWords(engine, spec).forEach(text -> words.addAll(List.of("--engine-option", RawText.percent(text))));
        words.addAll(List.of("--until-exit", untilAllExit ? "all" : "main"));
        words.addAll(List.of("--progress-interval", String.valueOf(showProgress ? Attendance.PROGRESS_MS : 0)));
        words.addAll(backend.options());
        words.addAll(course.options(Path.of(place, "shared", RunFolder.CONTROL), false));
        if (pid1) {
            words.add("--pid1");
        }
        words.add("--");
        engine.commandLine(spec).forEach(word -> words.add(RawText.percent(word)));
        List<Mount> mounts = List.of(
                new Mount(tracer.toAbsolutePath().toString(), place + "/tracer", true),
                new Mount(folder.shared().toString(), place + "/shared", false));
        ContainerOptions options = checksHealth && !engine.kind().isRuntime()
                ? spec.options().withEngineArgument(NO_HEALTH_CHECK)
                : spec.options();
        return spec.running(words, mounts).with(Seccomp.UNCONFINED).with(options);
    }

    /** Beside the usual one: where the user has a /dev of his own mounted, the mount points would stay in it. */
    static String mountPoint(ContainerSpec spec) {
        List<String> words = new ArrayList<>(spec.options().volumes());
        words.addAll(spec.options().tmpfs());
        words.addAll(spec.options().engineArguments());
        boolean taken = words.stream().anyMatch(word -> OWN_DEV.matcher(word).matches());
        return taken ? "/.profgen" : IN_MEMORY;
    }

    private List<String> inWords(Engine engine, ContainerSpec spec) {
        List<String> texts = new ArrayList<>(spec.options().inWords());
        if (spec.image() != null) {
            texts.add("image=" + spec.image());
            Optional<ImageFacts> image = engine.image(spec.image());
            image.ifPresent(facts -> texts.add("image-id=" + facts.id()));
            image.ifPresent(facts -> facts.digests().forEach(digest -> texts.add("image-digest=" + digest)));
        }
        if (spec.rootfs() != null) {
            texts.add("rootfs=" + spec.rootfs());
        }
        if (pid1) {
            texts.add("pid1=true");
        }
        return texts;
    }

    /** Until the container is over; the status of the client that was attached to it. */
    private int run(
            Container container,
            ContainerSpec spec,
            RunFolder folder,
            RunListener listener,
            Beside beside,
            List<Run.LedgerEntry> remarks) {
        boolean reads = spec.options().interactive();
        Attendance attendance = new Attendance(course, listener, showProgress, beside);
        ControlFile control = new ControlFile(folder.control());
        if (course.isAttended()) {
            control.create();
        }
        Process client = container.start(streams -> {
            attendance.connect(streams);
            if (!reads) {
                streams.redirectInput(Path.of("/dev/null").toFile());
            }
        });
        listener.started(() -> stop(container, client));
        EngineReins engine = new EngineReins(container, course);
        Reins tracer = control.reins(client, engine.container());
        /* A tracer below the container's first process cannot kill it. */
        int status = attendance.follow(client, folder.journal(), pid1 ? tracer.stoppedBy(engine) : tracer, remarks);
        if (engine.isStopped()) {
            remarks.add(new Run.LedgerEntry(Ledger.STOPPED, "ended on purpose: the engine stopped the container"));
        }
        if (runs(container)) {
            endWithoutClient(container);
            remarks.add(new Run.LedgerEntry(
                    "client-ended",
                    "the client of the engine ended before the container did, which was ended then: status " + status));
        }
        return status;
    }

    /** It may not have been started yet: then there is nothing to stop, but soon will be. */
    private static void stop(Container container, Process client) {
        while (client.isAlive() && !container.stop()) {
            pause(client);
        }
    }

    /** False also where the engine does not answer: the removal, which comes next, says so. */
    private static boolean runs(Container container) {
        try {
            return container.state().running();
        } catch (HostException e) {
            return false;
        }
    }

    /** The client has gone, the container has not: nobody sees any more what it says. */
    private void endWithoutClient(Container container) {
        /* The tracer holds the container's first process at its exit, and writes the totals then. */
        if (pid1 ? container.kill() : container.signal(KILL_WORKLOAD)) {
            container.awaitEnd(PATIENCE);
        }
    }

    private static void pause(Process client) {
        try {
            client.waitFor(POLL_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Journal read(
            Engine engine, ContainerSpec spec, RunFolder folder, int status, List<Run.LedgerEntry> remarks) {
        List<String> options =
                inWords(engine, spec).stream().map(RawText::printable).toList();
        Journal journal =
                JournalReader.readFromWorkload(folder.journal(), new Journal.Origin(profgenVersion, options, remarks));
        if (journal.run().complete() || journal.failure() != null) {
            return journal;
        }
        remarks.add(new Run.LedgerEntry(
                "container-ended",
                "the container ended before the tracer in it did; its client ended with status " + status));
        return JournalReader.readFromWorkload(folder.journal(), new Journal.Origin(profgenVersion, options, remarks));
    }

    private static boolean hasContent(Path file) {
        try {
            return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.size(file) > 0;
        } catch (IOException e) {
            return false;
        }
    }
}
