package profgen.container;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import profgen.HostException;

/** A container of Docker or Podman, which removes it by itself when it has ended. */
final class ClientContainer implements Container {
    private static final Duration ANSWER = Duration.ofSeconds(20);
    private static final long POLL_NS = 50_000_000;
    private static final Pattern DOCKERS_WORDS =
            Pattern.compile("(?m)^(docker: )?Error( response from daemon)?: |^failed to start containers: ");
    private static final Pattern PODMANS_WORDS = Pattern.compile("(?m)^Error: unable to start container ");

    private final ClientEngine engine;
    private final String name;
    private final String stopSignal;
    private final boolean interactive;

    ClientContainer(ClientEngine engine, String name, ImageFacts image, ContainerOptions options) {
        this.engine = engine;
        this.name = name;
        this.stopSignal = image.stopSignal().isEmpty() ? "TERM" : image.stopSignal();
        this.interactive = options.interactive();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Process start(Consumer<ProcessBuilder> streams) {
        List<String> arguments = new ArrayList<>(List.of("start", "--attach"));
        if (interactive) {
            arguments.add("--interactive");
        }
        arguments.add(name);
        ProcessBuilder client = new ProcessBuilder(engine.starter().commandLine(engine.words(arguments)));
        streams.accept(client);
        try {
            return client.start();
        } catch (IOException e) {
            throw new HostException(engine.kind().label() + ": cannot be started: " + e.getMessage());
        }
    }

    @Override
    public State state() {
        return engine.state(name);
    }

    static State state(JsonNode state) {
        boolean running = state.path("Running").asBoolean();
        int pid = state.path("Pid").asInt();
        return new State(true, running, running && pid > 0 ? OptionalInt.of(pid) : OptionalInt.empty());
    }

    @Override
    public boolean signal(String signal) {
        return call("kill", "--signal", signal, name).succeeded();
    }

    @Override
    public boolean stop() {
        return signal(stopSignal);
    }

    @Override
    public boolean awaitEnd(Duration limit) {
        return engine.call(limit, List.of("wait", name)).status() >= 0 && !state().running();
    }

    @Override
    public boolean kill() {
        return signal("KILL");
    }

    /** A container that has gone has no state any more, but Docker remembers what happened to it for a while. */
    @Override
    public boolean wasNotStarted(String errors) {
        boolean podman = engine.kind() == EngineKind.PODMAN;
        if (podman || !DOCKERS_WORDS.matcher(errors).find()) {
            return podman && PODMANS_WORDS.matcher(errors).find();
        }
        String now = Instant.now().toString();
        String of = "container=" + name;
        EngineCall starts = call("events", "--since", "24h", "--until", now, "--filter", of, "--filter", "event=start");
        return starts.out().isBlank();
    }

    @Override
    public List<String> execLine(List<String> command) {
        List<String> arguments = new ArrayList<>(List.of("exec", name));
        arguments.addAll(command);
        return engine.starter().commandLine(engine.words(arguments));
    }

    /** A start that hangs can outlive a removal: then its first process is killed, if it may be. */
    @Override
    public void remove() {
        if (removed()) {
            return;
        }
        state().pid().ifPresent(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
        if (!removed()) {
            throw new HostException(
                    engine.kind().label() + ": container " + name + " could not be removed",
                    engine.kind().label() + " rm --force " + name + " removes it");
        }
    }

    private boolean removed() {
        call("rm", "--force", "--volumes", name);
        long end = System.nanoTime() + ANSWER.toNanos();
        boolean exists = state().exists();
        /* The engine may be at it already, since the container has ended. */
        while (exists && !state().running() && System.nanoTime() < end) {
            LockSupport.parkNanos(POLL_NS);
            exists = state().exists();
        }
        return !exists;
    }

    private EngineCall call(String... arguments) {
        return engine.call(ANSWER, List.of(arguments));
    }
}
