package profgen.tracer;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
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
import profgen.recording.RawText;
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
    private static final int SIGKILL = 9;
    private static final int PATIENCE_S = 20;
    private static final int FIRST_LINE = 1 << 16;
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
        if (!Files.exists(journal, LinkOption.NOFOLLOW_LINKS)) {
            throw new HostException(
                    place.container() + ": nothing could be started in it: "
                            + place.kind().label() + " exec ended with status " + status,
                    "what " + place.kind().label() + " said about it stands above");
        }
        Journal read =
                JournalReader.readFromWorkload(journal, new Journal.Origin(profgenVersion, inWords(), List.of()));
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
            if (!ended) {
                end(started, journal);
            }
            return ended && Files.exists(journal)
                    ? Tried.of(JournalReader.readFromWorkload(
                            journal, new Journal.Origin(profgenVersion, inWords(), List.of())))
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
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_S);
        while (client.isAlive() && System.nanoTime() < end) {
            Optional<String> pid = tracerPid(journal);
            if (pid.isPresent()) {
                signal(pid.get(), SIGTERM);
                return;
            }
            pause(client);
        }
        client.destroyForcibly(); /* its journal says nothing */
    }

    /** Without the tracer, which takes its command along, the client alone would be gone. */
    private void end(Process client, Path journal) {
        tracerPid(journal).ifPresent(pid -> signal(pid, SIGKILL));
        client.destroyForcibly();
    }

    private void signal(String pid, int signal) {
        int kill = Arch.byName(System.getProperty("os.arch", ""))
                .map(arch -> SyscallTable.of(arch.nativeAbi()).number("kill").orElseThrow())
                .orElseThrow();
        List<String> user = new ArrayList<>();
        if (options.contains("--user")) {
            user.addAll(List.of("--user", options.get(options.indexOf("--user") + 1)));
        }
        List<String> words = List.of(
                place.folder() + RecordedPlace.TRACER, "try", String.valueOf(kill), pid, String.valueOf(signal));
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

    /** Of the journal's first line. */
    private static Optional<String> tracerPid(Path journal) {
        if (!Files.isRegularFile(journal, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(journal, LinkOption.NOFOLLOW_LINKS)) {
            Matcher pid = TRACER_PID.matcher(new String(in.readNBytes(FIRST_LINE), StandardCharsets.ISO_8859_1));
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
