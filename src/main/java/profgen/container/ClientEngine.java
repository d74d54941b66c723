package profgen.container;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import profgen.BadInputException;
import profgen.HostException;
import profgen.image.Platform;

/** Docker, or Podman, which takes the same command lines. */
public final class ClientEngine implements Engine {
    static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration ANSWER = Duration.ofSeconds(20);
    private static final long LOOK_NS = 500_000_000;
    private static final String LABEL = "profgen";
    private static final Pattern OURS = Pattern.compile("--(name|rm|cidfile)(=.*)?");

    private final EngineKind kind;
    private final Starter starter;
    private final Duration patience;
    private final Map<String, ImageFacts> images = new HashMap<>();

    public ClientEngine(EngineKind kind, Starter starter) {
        this(kind, starter, PATIENCE);
    }

    /** @param patience for what takes an engine long */
    ClientEngine(EngineKind kind, Starter starter, Duration patience) {
        if (kind != EngineKind.DOCKER && kind != EngineKind.PODMAN) {
            throw new IllegalArgumentException(kind + " has no client of Docker's kind");
        }
        this.kind = kind;
        this.starter = starter;
        this.patience = patience;
    }

    @Override
    public EngineKind kind() {
        return kind;
    }

    @Override
    public Optional<String> problem() {
        String question = kind == EngineKind.DOCKER ? "{{.Server.Version}}" : "{{.Client.Version}}";
        EngineCall answer = call(ANSWER, List.of("version", "--format", question));
        return answer.succeeded() ? Optional.empty() : Optional.of(answer.problem());
    }

    @Override
    public Optional<ImageFacts> image(String reference) {
        ImageFacts known = images.get(reference);
        if (known != null) {
            return Optional.of(known);
        }
        EngineCall answer = call(ANSWER, List.of("image", "inspect", "--format", "{{json .}}", "--", reference));
        if (!answer.succeeded()) {
            return Optional.empty();
        }
        ImageFacts facts = ImageFactsJson.parse(reference, answer.out());
        images.put(reference, facts);
        return Optional.of(facts);
    }

    /** The image of a spec, which must be here. */
    private ImageFacts imageOf(ContainerSpec spec) {
        String reference = spec.image();
        if (reference == null) {
            throw new BadInputException(
                    "--rootfs: " + kind.label() + " runs images", "--engine runc, crun or sandbox takes a folder");
        }
        return image(reference).orElseThrow(() -> missing(reference));
    }

    private RuntimeException missing(String reference) {
        Optional<String> problem = problem();
        return problem.isPresent()
                ? new HostException(kind.label() + ": " + problem.get(), "profgen doctor says what works here")
                : new BadInputException(
                        "image " + reference + ": " + kind.label() + " does not have it",
                        kind.label() + " pull " + reference);
    }

    @Override
    public List<String> commandLine(ContainerSpec spec) {
        return imageOf(spec).commandLine(spec.entrypoint(), spec.command());
    }

    @Override
    public String stopSignal(ContainerSpec spec) {
        return imageOf(spec).stopSignal();
    }

    @Override
    public Optional<HealthCheck> healthCheck(ContainerSpec spec) {
        return imageOf(spec).healthCheck();
    }

    @Override
    public Container create(ContainerSpec spec) {
        for (String word : spec.options().engineArguments()) {
            if (OURS.matcher(word).matches()) {
                throw new BadInputException(
                        "--engine-arg " + word + ": profgen names and removes its containers itself");
            }
        }
        ImageFacts image = imageOf(spec);
        checkPlatform(image);
        String name = LABEL + "-" + UUID.randomUUID();
        List<String> words = new ArrayList<>(List.of("create", "--rm", "--name", name, "--label", LABEL + "=" + name));
        words.addAll(spec.options().words());
        seccomp(words, spec.seccomp());
        spec.mounts().forEach(mount -> words.addAll(List.of("--mount", mount.inWords())));
        if (spec.entrypoint() != null) {
            words.addAll(List.of("--entrypoint", spec.entrypoint()));
        }
        words.add(spec.image() == null ? image.id() : spec.image());
        words.addAll(spec.command());
        ClientContainer container = new ClientContainer(this, name, image, spec.options());
        EngineCall created = call(patience, words);
        if (!created.succeeded()) {
            if (created.isLate()) {
                awaitLate(container);
            }
            container.remove();
            throw new HostException(kind.label() + ": " + created.problem());
        }
        return container;
    }

    /** Its programs would not run here, or as those of an emulator, whose calls are not theirs. */
    private void checkPlatform(ImageFacts image) {
        Platform.byName(System.getProperty("os.arch", ""))
                .filter(here -> !image.architecture().isEmpty() && !here.is(image.architecture()))
                .ifPresent(here -> {
                    throw new BadInputException(
                            "image " + image.reference() + ": is for " + image.architecture() + ", this machine is "
                                    + here.ociName(),
                            kind.label() + " pull --platform linux/" + here.ociName() + " " + image.reference());
                });
    }

    /** An engine that takes its time makes the container all the same: then it is there for nobody. */
    private void awaitLate(ClientContainer container) {
        long end = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() < end && !exists(container)) {
            LockSupport.parkNanos(LOOK_NS);
        }
    }

    private static boolean exists(ClientContainer container) {
        try {
            return container.state().exists();
        } catch (HostException e) {
            return false;
        }
    }

    private static void seccomp(List<String> words, Seccomp seccomp) {
        switch (seccomp.kind()) {
            case UNCONFINED -> words.addAll(List.of("--security-opt", "seccomp=unconfined"));
            case FILE -> words.addAll(List.of("--security-opt", "seccomp=" + seccomp.file()));
            case DEFAULT -> {
                /* The engine's own. */
            }
        }
    }

    /**
     * A container by name or id, whoever made it.
     *
     * @throws HostException if the engine does not answer
     */
    public Container.State state(String container) {
        String question = "{{json .State}}";
        EngineCall answer = call(ANSWER, List.of("container", "inspect", "--format", question, "--", container));
        if (answer.succeeded()) {
            return ClientContainer.state(ImageFactsJson.tree(answer.out()));
        }
        if (answer.err().toLowerCase(Locale.ROOT).contains("no such")) {
            return Container.State.GONE;
        }
        throw new HostException(kind.label() + ": " + answer.problem());
    }

    /** Whether there is a container of that name or id; false also where the engine does not answer. */
    public boolean has(String container) {
        try {
            return state(container).exists();
        } catch (HostException e) {
            return false;
        }
    }

    /** Where profgen records in that container; empty if it does not, or there is no such container. */
    public Optional<RecordedPlace> recordedPlace(String container) {
        EngineCall answer = call(
                ANSWER, List.of("container", "inspect", "--format", "{\"mounts\":{{json .Mounts}}}", "--", container));
        return answer.succeeded()
                ? RecordedPlace.of(
                        kind,
                        container,
                        ImageFactsJson.tree(answer.out()).path("mounts"),
                        (options, words) -> execLine(container, options, words))
                : Optional.empty();
    }

    /**
     * The command line of the client that runs a command in a container.
     *
     * @param options of {@code exec}
     */
    public List<String> execLine(String container, List<String> options, List<String> command) {
        List<String> arguments = new ArrayList<>(List.of("exec"));
        arguments.addAll(options);
        arguments.add(container);
        arguments.addAll(command);
        return starter.commandLine(words(arguments));
    }

    EngineCall call(Duration limit, List<String> arguments) {
        return EngineCall.run(starter, limit, words(arguments));
    }

    List<String> words(List<String> arguments) {
        List<String> words = new ArrayList<>(List.of(kind.label()));
        words.addAll(arguments);
        return words;
    }

    Starter starter() {
        return starter;
    }
}
