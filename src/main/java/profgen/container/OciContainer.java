package profgen.container;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import profgen.HostException;

/** A container of runc or crun, run in the foreground. */
final class OciContainer implements Container {
    /** As runc and crun say it. Any other failure does not mean that the container is no more. */
    private static final Pattern ABSENT = Pattern.compile("does not exist|No such file or directory");

    private final OciRuntime runtime;
    private final String name;
    private final Path folder;
    private final String stopSignal;
    private final Optional<Path> fresh;

    /** @param fresh the root file system, if what is written to it is to go */
    OciContainer(OciRuntime runtime, String name, Path folder, String stopSignal, Optional<Path> fresh) {
        this.fresh = fresh;
        this.runtime = runtime;
        this.name = name;
        this.folder = folder;
        this.stopSignal = stopSignal.isEmpty() ? "TERM" : stopSignal;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Process start(Consumer<ProcessBuilder> streams) {
        ProcessBuilder client =
                new ProcessBuilder(runtime.start(folder, fresh, List.of("run", "--bundle", folder.toString(), name)));
        streams.accept(client);
        try {
            return client.start();
        } catch (IOException e) {
            throw new HostException(runtime.kind().label() + ": cannot be started: " + e.getMessage());
        }
    }

    @Override
    public State state() {
        if (!Files.exists(folder)) {
            return State.GONE;
        }
        EngineCall answer = runtime.call(folder, "state", name);
        if (!answer.succeeded()) {
            if (ABSENT.matcher(answer.err()).find()) {
                return State.GONE;
            }
            throw new HostException(runtime.kind().label() + ": container " + name + ": " + answer.problem());
        }
        JsonNode state = ImageFactsJson.tree(answer.out());
        boolean running = state.path("status").asText().equals("running");
        int pid = state.path("pid").asInt();
        return new State(true, running, running && pid > 0 ? OptionalInt.of(pid) : OptionalInt.empty());
    }

    @Override
    public boolean signal(String signal) {
        return runtime.call(folder, "kill", name, signal).succeeded();
    }

    @Override
    public boolean stop() {
        return signal(stopSignal);
    }

    @Override
    public boolean awaitEnd(Duration limit) {
        OptionalInt pid = state().pid();
        return pid.isEmpty()
                || ProcessHandle.of(pid.getAsInt())
                        .map(process -> hasEnded(process, limit))
                        .orElse(true);
    }

    private static boolean hasEnded(ProcessHandle process, Duration limit) {
        try {
            process.onExit().get(limit.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException | ExecutionException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public boolean kill() {
        return signal("KILL");
    }

    /** These say it in many ways: it is not known. */
    @Override
    public boolean wasNotStarted(String errors) {
        return false;
    }

    @Override
    public List<String> execLine(List<String> command) {
        return runtime.execLine(folder, name, List.of(), command);
    }

    @Override
    public void remove() {
        if (!Files.exists(folder)) {
            return;
        }
        if (state().exists()) {
            runtime.call(folder, "delete", "--force", name);
        }
        if (state().exists()) {
            throw new HostException(
                    runtime.kind().label() + ": container " + name + " could not be removed",
                    String.join(" ", runtime.words(folder, List.of("delete", "--force", name))) + " removes it");
        }
        removeFolder(folder);
    }

    static void removeFolder(Path folder) {
        try {
            remove(folder);
        } catch (IOException e) {
            throw new HostException(
                    folder + ": cannot be removed: " + e.getMessage(), "rm -r " + folder + " removes it");
        }
    }

    /** Nothing in it but the bundle's file and what the runtime noted. */
    private static void remove(Path path) throws IOException {
        try (Stream<Path> inside = Files.isDirectory(path) ? Files.list(path) : Stream.empty()) {
            for (Path entry : inside.toList()) {
                remove(entry);
            }
        }
        Files.delete(path);
    }
}
