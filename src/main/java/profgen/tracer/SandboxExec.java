package profgen.tracer;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import profgen.BadInputException;
import profgen.container.EngineKind;
import profgen.container.Workload;
import profgen.recording.Journal;
import profgen.recording.JournalReader;

/**
 * In the sandbox of a workload, or without one on the host: as its user, with its rights and environment, in its folder.
 *
 * @param journal the workload's, which names its process
 * @param options of the tracer: the back end, or the filter that the workload runs under
 */
record SandboxExec(
        Path tracer,
        CallerState caller,
        String profgenVersion,
        Workload workload,
        EngineKind engine,
        Path journal,
        List<String> options)
        implements Inside {
    private static final File NOTHING = new File("/dev/null");
    private static final Pattern WORKLOAD_PID = Pattern.compile("^\\{\"t\":\"workload\",\"pid\":(\\d+)");

    SandboxExec {
        options = List.copyOf(options);
    }

    /** Whether the workload is there, so that its container can be entered. */
    boolean hasBegun() {
        return pid().isPresent();
    }

    private Optional<String> pid() {
        try (Stream<String> lines = Files.lines(journal, StandardCharsets.ISO_8859_1)) {
            return lines.map(WORKLOAD_PID::matcher)
                    .filter(Matcher::find)
                    .map(found -> found.group(1))
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty(); /* not there yet */
        }
    }

    @Override
    public Tried run(List<String> command, Duration limit) {
        Optional<String> pid = pid();
        if (pid.isEmpty()) {
            return Tried.FAILED;
        }
        String runId = Recorder.newRunId();
        Path own = journal.resolveSibling(journal.getFileName() + ".exec-" + runId.substring(0, 8));
        try {
            Process process = new ProcessBuilder(line(command, pid.get(), own, runId))
                    .redirectInput(NOTHING)
                    .redirectOutput(NOTHING)
                    .redirectError(NOTHING)
                    .start();
            boolean ended = process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS);
            process.destroyForcibly();
            Journal.Origin origin = new Journal.Origin(profgenVersion, inWords(), List.of());
            return ended && Files.exists(own) ? Tried.of(JournalReader.read(own, origin)) : Tried.FAILED;
        } catch (IOException | BadInputException e) {
            return Tried.FAILED; /* the workload is gone */
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Tried.FAILED;
        } finally {
            ExecRecorder.discard(own);
        }
    }

    private List<String> inWords() {
        return List.of("exec=" + engine.label());
    }

    private List<String> line(List<String> command, String pid, Path own, String runId) {
        List<String> words = new ArrayList<>(options);
        words.addAll(List.of("--phase", "exec", "--end-with-parent"));
        if (engine == EngineKind.SANDBOX) {
            words.addAll(List.of("--join", pid));
        }
        return new TracerCommand(tracer, own, runId, caller, false, 0, words).of(workload.with(command), engine);
    }
}
