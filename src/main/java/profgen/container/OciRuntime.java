package profgen.container;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import profgen.BadInputException;
import profgen.HostException;

/**
 * runc or crun without an engine above it: each container has a bundle of its own and a folder of its own where the runtime notes its state, so
 * that no other container of the machine is touched.
 */
public final class OciRuntime implements Engine {
    private static final Duration ANSWER = Duration.ofSeconds(20);
    static final String CONFIG = "config.json";
    static final String RUNTIME = "runtime";
    /** What is written to $r is written to memory, and seen and gone with this mount namespace; $d is a folder to be covered meanwhile. */
    private static final String OVERLAY =
            "mount -t tmpfs -o mode=755 profgen \"$d/upper\" && mkdir \"$d/upper/u\" \"$d/upper/w\""
                    + " && chmod --reference=\"$r\" \"$d/upper/u\" && chown --reference=\"$r\" \"$d/upper/u\""
                    + " && mount -t overlay -o \"lowerdir=$r,upperdir=$d/upper/u,workdir=$d/upper/w\" profgen \"$r\" && ";

    private static final String ARGUMENTS = "d=$1 r=$2; shift 2; ";
    /** Of an option of overlayfs. */
    private static final Pattern SEPARATOR = Pattern.compile("[,:\\\\]");

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
    public Optional<HealthCheck> healthCheck(ContainerSpec spec) {
        return image.healthCheck();
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
            Path folder = folder(name);
            Files.writeString(folder.resolve(CONFIG), bundle, StandardCharsets.UTF_8);
            Files.writeString(folder.resolve(RUNTIME), kind.label(), StandardCharsets.UTF_8);
            Optional<Path> fresh = spec.fresh() ? Optional.of(root(spec)) : Optional.empty();
            return new OciContainer(this, name, folder, image.stopSignal(), fresh);
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
     * To start a container, or a command in one. crun refuses a machine whose control groups are of both versions: then it gets to see those
     * of version 1 alone, in a mount namespace that ends with it.
     *
     * @param fresh over this root file system there is another one in memory, in such a namespace
     */
    List<String> start(Path folder, Optional<Path> fresh, List<String> arguments) {
        List<String> words = new ArrayList<>();
        boolean hybrid = kind == EngineKind.CRUN && Files.exists(HYBRID);
        if (hybrid || fresh.isPresent()) {
            String script =
                    ARGUMENTS + (hybrid ? "umount /sys/fs/cgroup/unified; " : "") + (fresh.isPresent() ? OVERLAY : "");
            words.addAll(List.of("unshare", "--mount", "sh", "-c", script + "exec \"$@\"", "sh"));
            words.addAll(List.of(folder.toString(), fresh.map(Path::toString).orElse("")));
        }
        words.addAll(words(folder, arguments));
        return starter.commandLine(words);
    }

    @Override
    public Optional<String> freshProblem(ContainerSpec spec) {
        if (spec.rootfs() == null) {
            return Optional.empty();
        }
        String root = root(spec).toString();
        if (SEPARATOR.matcher(root).find()) {
            return Optional.of("its path has a comma, a colon or a backslash");
        }
        Path folder = folder("profgen-overlay");
        try {
            List<String> words =
                    new ArrayList<>(List.of("unshare", "--mount", "sh", "-c", ARGUMENTS + OVERLAY + "true"));
            words.addAll(List.of("sh", folder.toString(), root));
            EngineCall tried = EngineCall.run(starter, ANSWER, words);
            return tried.succeeded() ? Optional.empty() : Optional.of(tried.problem());
        } finally {
            OciContainer.removeFolder(folder);
        }
    }

    private static Path root(ContainerSpec spec) {
        return Path.of(Objects.requireNonNull(spec.rootfs())).toAbsolutePath();
    }

    /** A new one, with the folder in it that {@link #OVERLAY} covers. */
    private Path folder(String name) {
        try {
            Path folder = Files.createTempDirectory(name);
            Files.createDirectory(folder.resolve("upper"));
            return folder;
        } catch (IOException e) {
            throw new HostException(kind.label() + ": no bundle can be made: " + e.getMessage());
        }
    }

    /**
     * The command line that runs a command in a container.
     *
     * @param options of {@code docker exec}
     */
    List<String> execLine(Path folder, String name, List<String> options, List<String> command) {
        List<String> words = new ArrayList<>(List.of("exec"));
        for (String option : options) {
            if (!option.equals("--interactive")) {
                words.add(option.equals("--workdir") ? "--cwd" : option);
            }
        }
        if (kind == EngineKind.CRUN) {
            words.addAll(asTheContainer(folder, options));
        }
        words.add(name);
        words.addAll(command);
        return start(folder, Optional.empty(), words);
    }

    /** What runc and engines take from the container, but crun does not. */
    private static List<String> asTheContainer(Path folder, List<String> options) {
        List<String> words = new ArrayList<>();
        try {
            JsonNode process = ImageFactsJson.tree(Files.readString(folder.resolve(CONFIG)))
                    .path("process");
            if (!options.contains("--user")) {
                JsonNode user = process.path("user");
                words.addAll(List.of(
                        "--user",
                        user.path("uid").asInt() + ":" + user.path("gid").asInt()));
            }
            if (!options.contains("--workdir")) {
                words.addAll(List.of("--cwd", process.path("cwd").asText()));
            }
        } catch (IOException e) {
            /* The container is gone: so will the client say. */
        }
        return words;
    }

    EngineCall call(Path folder, String... arguments) {
        return EngineCall.run(starter, ANSWER, words(folder, List.of(arguments)));
    }

    Starter starter() {
        return starter;
    }
}
