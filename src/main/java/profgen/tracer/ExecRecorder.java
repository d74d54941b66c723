package profgen.tracer;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import profgen.BadInputException;
import profgen.HostException;
import profgen.container.RecordedPlace;
import profgen.recording.Journal;
import profgen.recording.JournalReader;
import profgen.syscall.Arch;
import profgen.syscall.SyscallTable;

/**
 * Records a command that is run in a container beside the one that profgen records there already, as a health check or an administrator would: by
 * a tracer of its own.
 *
 * @param options of the engine's {@code exec}
 * @param tracerOptions the back end, or the filter that it is to run under
 */
public record ExecRecorder(RecordedPlace place, List<String> options, List<String> tracerOptions, String profgenVersion)
        implements Inside {
    private static final int POLL_MS = 100;
    private static final int SIGTERM = 15;
    private static final int PATIENCE_S = 20;
    private static final Pattern TRACER_PID = Pattern.compile("\"tracerPid\":(\\d+)");

    public ExecRecorder {
        options = List.copyOf(options);
        tracerOptions = List.copyOf(tracerOptions);
    }

    public Recorded record(List<String> command, RunListener listener) {
        String runId = Recorder.newRunId();
        String name = "exec-" + runId.substring(0, 8);
        Path journal = place.shared().resolve(name);
        Process client = start(place.entrance().line(options, traced(command, runId, name)));
        listener.started(() -> stop(client, journal));
        int status = Recorder.await(client);
        if (!Files.exists(journal)) {
            throw new HostException(
                    place.container() + ": nothing could be started in it: "
                            + place.kind().label() + " exec ended with status " + status,
                    "what " + place.kind().label() + " said about it stands above");
        }
        Journal read = JournalReader.read(journal, new Journal.Origin(profgenVersion, inWords(), List.of()));
        return new Recorded(read, List.of(), journal, Optional.empty(), place.kind(), Optional.empty());
    }

    private List<String> inWords() {
        return List.of("exec=" + place.container());
    }

    private List<String> traced(List<String> command, String runId, String name) {
        List<String> words = new ArrayList<>(List.of(place.folder() + RecordedPlace.TRACER, "record"));
        words.addAll(List.of("--entry", place.kind().label(), "--phase", "exec", "--run-id", runId));
        words.addAll(List.of("--journal", place.folder() + RecordedPlace.SHARED + "/" + name));
        inWords().forEach(text -> words.addAll(List.of("--engine-option", RawText.percent(text))));
        words.addAll(tracerOptions);
        words.addAll(List.of("--progress-interval", "0", "--"));
        command.forEach(word -> words.add(RawText.percent(word)));
        return words;
    }

    private Process start(List<String> line) {
        try {
            ProcessBuilder client = new ProcessBuilder(line).inheritIO();
            if (!options.contains("--interactive")) {
                client.redirectInput(Path.of("/dev/null").toFile());
            }
            return client.start();
        } catch (IOException e) {
            throw new HostException(place.kind().label() + ": cannot be started: " + e.getMessage());
        }
    }

    /** With a back end. */
    public static ExecRecorder of(RecordedPlace place, List<String> options, Backend backend, String profgenVersion) {
        return new ExecRecorder(place, options, backend.options(), profgenVersion);
    }

    @Override
    public Tried run(List<String> command, Duration limit) {
        String runId = Recorder.newRunId();
        String name = "exec-" + runId.substring(0, 8);
        Path journal = place.shared().resolve(name);
        File nothing = new File("/dev/null");
        ProcessBuilder client = new ProcessBuilder(place.entrance().line(options, traced(command, runId, name)))
                .redirectInput(nothing)
                .redirectOutput(nothing)
                .redirectError(nothing);
        try {
            Process started = client.start();
            boolean ended = started.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS);
            started.destroyForcibly();
            return ended && Files.exists(journal)
                    ? Tried.of(JournalReader.read(journal, new Journal.Origin(profgenVersion, inWords(), List.of())))
                    : Tried.FAILED;
        } catch (IOException | BadInputException e) {
            return Tried.FAILED; /* the container is gone, or not there yet */
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Tried.FAILED;
        } finally {
            discard(journal);
        }
    }

    /** A small file that stays goes with its folder, or is no harm. */
    static void discard(Path journal) {
        try {
            Files.deleteIfExists(journal);
        } catch (IOException e) {
            /* It is another user's. */
        }
    }

    /** A client of exec passes no signals on: the tracer in the container sends it, to the tracer that records. */
    private void stop(Process client, Path journal) {
        while (client.isAlive()) {
            Optional<String> pid = tracerPid(journal);
            if (pid.isPresent()) {
                signal(pid.get());
                return;
            }
            pause(client);
        }
    }

    private void signal(String pid) {
        int kill = Arch.byName(System.getProperty("os.arch", ""))
                .map(arch -> SyscallTable.of(arch.nativeAbi()).number("kill").orElseThrow())
                .orElseThrow();
        List<String> user = new ArrayList<>();
        if (options.contains("--user")) {
            user.addAll(List.of("--user", options.get(options.indexOf("--user") + 1)));
        }
        List<String> words = List.of(
                place.folder() + RecordedPlace.TRACER, "try", String.valueOf(kill), pid, String.valueOf(SIGTERM));
        try {
            Process sender = new ProcessBuilder(place.entrance().line(user, words))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            sender.waitFor(PATIENCE_S, TimeUnit.SECONDS);
        } catch (IOException e) {
            throw new HostException(place.kind().label() + ": cannot be started: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Optional<String> tracerPid(Path journal) {
        try {
            Matcher pid = TRACER_PID.matcher(Files.readString(journal));
            return pid.find() ? Optional.of(pid.group(1)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static void pause(Process client) {
        try {
            client.waitFor(POLL_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
