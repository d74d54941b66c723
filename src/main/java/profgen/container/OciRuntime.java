package profgen.container;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import profgen.BadInputException;
import profgen.HostException;

/**
 * runc or crun without an engine above it: each container has a bundle of its own and a folder of its own where the runtime notes its state, so
 * that no other container of the machine is touched.
 */
public final class OciRuntime implements Engine {
    private static final Duration ANSWER = Duration.ofSeconds(20);
    private static final Path HYBRID = Path.of("/sys/fs/cgroup/unified/cgroup.procs");

    private final EngineKind kind;
    private final Starter starter;
    private final ImageFacts image;

    /** @param image what the root file systems to be run come from */
    public OciRuntime(EngineKind kind, Starter starter, ImageFacts image) {
        if (!kind.isRuntime()) {
            throw new IllegalArgumentException(kind + " is no runtime");
        }
        this.kind = kind;
        this.starter = starter;
        this.image = image;
    }

    @Override
    public EngineKind kind() {
        return kind;
    }

    @Override
    public Optional<String> problem() {
        EngineCall answer = EngineCall.run(starter, ANSWER, List.of(kind.label(), "--version"));
        if (!answer.succeeded()) {
            return Optional.of(answer.problem());
        }
        return System.getProperty("user.name", "").equals("root")
                ? Optional.empty()
                : Optional.of("needs root without an engine above it");
    }

    @Override
    public Optional<ImageFacts> image(String reference) {
        return image.reference().equals(reference) ? Optional.of(image) : Optional.empty();
    }

    @Override
    public List<String> commandLine(ContainerSpec spec) {
        return image.commandLine(spec.entrypoint(), spec.command());
    }

    @Override
    public String stopSignal(ContainerSpec spec) {
        return image.stopSignal();
    }

    @Override
    public Container create(ContainerSpec spec) {
        if (spec.rootfs() == null) {
            throw new BadInputException(
                    spec.origin() + ": " + kind.label() + " takes a root file system", "--rootfs DIR");
        }
        problem().ifPresent(problem -> {
            throw new HostException(kind.label() + ": " + problem, "profgen doctor says what works here");
        });
        String name = "profgen-" + UUID.randomUUID();
        String bundle = new Bundle(spec, image).json(name);
        try {
            Path folder = Files.createTempDirectory(name);
            Files.writeString(folder.resolve("config.json"), bundle, StandardCharsets.UTF_8);
            return new OciContainer(this, name, folder, image.stopSignal());
        } catch (IOException e) {
            throw new HostException(kind.label() + ": no bundle can be made: " + e.getMessage());
        }
    }

    /** @param folder of the container: its bundle, and below it what the runtime notes */
    List<String> words(Path folder, List<String> arguments) {
        List<String> words = new ArrayList<>(
                List.of(kind.label(), "--root", folder.resolve("state").toString()));
        words.addAll(arguments);
        return words;
    }

    /**
     * To start a container. crun refuses a machine whose control groups are of both versions: then it gets to see those of version 1 alone, in a mount
     * namespace that ends with it.
     */
    List<String> start(Path folder, List<String> arguments) {
        List<String> words = new ArrayList<>();
        if (kind == EngineKind.CRUN && Files.exists(HYBRID)) {
            words.addAll(List.of("unshare", "--mount", "sh", "-c", "umount /sys/fs/cgroup/unified; exec \"$@\"", "sh"));
        }
        words.addAll(words(folder, arguments));
        return starter.commandLine(words);
    }

    EngineCall call(Path folder, String... arguments) {
        return EngineCall.run(starter, ANSWER, words(folder, List.of(arguments)));
    }

    Starter starter() {
        return starter;
    }
}
