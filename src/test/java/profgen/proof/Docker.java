package profgen.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The dockerd that answers on this machine. What is made through one object carries its label and is gone after {@link #close}, which also runs when the
 * JVM is ended early; what a JVM that was killed left behind is removed by the next one of the same checkout.
 */
final class Docker implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String LABEL = "profgen.proof";
    private static final String CHECKOUT_LABEL = "profgen.checkout=" + Checkout.top();

    private final String label = LABEL + "=" + UUID.randomUUID();
    private final Thread atExit = new Thread(this::removeOwn, "remove what the Docker tests made");
    private final Path scratch;

    private Docker() throws IOException {
        scratch = Files.createTempDirectory(Checkout.target(), "docker");
    }

    static Docker open() throws IOException {
        removeLabelled(CHECKOUT_LABEL);
        Docker docker = new Docker();
        Runtime.getRuntime().addShutdownHook(docker.atExit);
        return docker;
    }

    static Ended docker(String... arguments) {
        return docker(PATIENCE, List.of(arguments));
    }

    private static Ended docker(Duration limit, List<String> arguments) {
        List<String> words = new ArrayList<>(List.of("docker"));
        words.addAll(arguments);
        return BoundedCommand.of(words).within(limit).run();
    }

    /** Of all that is made through this object, {@code NAME=VALUE}: what others make with them goes with it. */
    List<String> labels() {
        return List.of(label, CHECKOUT_LABEL);
    }

    /** What a listing command of docker's names of what this object made. */
    List<String> own(String... listing) {
        return listed(label, listing);
    }

    private static List<String> listed(String label, String... listing) {
        List<String> words = new ArrayList<>(List.of(listing));
        words.addAll(List.of("-aq", "--no-trunc", "--filter", "label=" + label));
        return docker(PATIENCE, words).out().lines().distinct().toList();
    }

    /**
     * Makes an image of a tar; the result is its id.
     *
     * @param instructions of a Dockerfile
     */
    String importImage(Path tar, String... instructions) {
        List<String> words = new ArrayList<>(List.of("import"));
        words.addAll(List.of("-c", "LABEL " + label, "-c", "LABEL " + CHECKOUT_LABEL));
        List.of(instructions).forEach(instruction -> words.addAll(List.of("-c", instruction)));
        words.add(tar.toString());
        return docker(PATIENCE, words).hasStatus(0).out().strip();
    }

    /** Builds an image of a folder with a Dockerfile; the result is its id. */
    String buildImage(Path folder) {
        return docker("build", "-q", "--force-rm", "--label", label, "--label", CHECKOUT_LABEL, folder.toString())
                .hasStatus(0)
                .out()
                .strip();
    }

    /** Until the container has printed {@code text}. */
    void awaitLog(String id, String text) {
        BoundedCommand.of("sh", "-c", "until docker logs \"$0\" 2>&1 | grep -qF -e \"$1\"; do :; done", id, text)
                .run()
                .hasStatus(0);
    }

    /** Writes the files of a new container of an image, which never runs, as a tar. */
    void export(String image, Path tar) {
        String id = docker("create", "--label", label, "--label", CHECKOUT_LABEL, image, "/none")
                .hasStatus(0)
                .out()
                .strip();
        docker("export", "-o", tar.toString(), id).hasStatus(0);
        docker("rm", id).hasStatus(0);
    }

    /** Runs a command in a new container of an image and surely ends the container. */
    Ended run(String image, List<String> options, List<String> command) {
        return run(PATIENCE, image, options, command);
    }

    /** @param limit then the client is killed, and the container ended */
    Ended run(Duration limit, String image, List<String> options, List<String> command) {
        Path idFile = scratch.resolve(UUID.randomUUID() + ".cid");
        List<String> words = new ArrayList<>(
                List.of("run", "--cidfile", idFile.toString(), "--label", label, "--label", CHECKOUT_LABEL));
        words.addAll(options);
        words.add(image);
        words.addAll(command);
        try {
            return docker(limit, words);
        } finally {
            endContainerOf(idFile);
        }
    }

    /** Starts a container that goes on by itself until {@link #close}; the result is its id. */
    String start(String image, List<String> options, List<String> command) {
        List<String> words = new ArrayList<>(List.of("run", "-d", "--label", label, "--label", CHECKOUT_LABEL));
        words.addAll(options);
        words.add(image);
        words.addAll(command);
        return docker(PATIENCE, words).hasStatus(0).out().strip();
    }

    private static void endContainerOf(Path idFile) {
        try {
            if (Files.exists(idFile) && Files.size(idFile) > 0) {
                endContainer(Files.readString(idFile));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The end of the client is not the end of the container, and a start that hangs outlives {@code docker rm}: then its processes are killed. */
    private static void endContainer(String id) throws IOException {
        if (!docker("rm", "-f", id).succeeded()) {
            killProcessesOf(id);
            docker("rm", "-f", id).hasStatus(0);
        }
    }

    private static void killProcessesOf(String id) throws IOException {
        try (var processes = Files.newDirectoryStream(Paths.get("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                if (isIn(process, id)) {
                    ProcessHandle.of(Long.parseLong(process.getFileName().toString()))
                            .ifPresent(ProcessHandle::destroyForcibly);
                }
            }
        }
    }

    private static boolean isIn(Path process, String id) {
        try {
            return Files.readString(process.resolve("cgroup")).contains(id);
        } catch (IOException e) {
            return false; // it has ended meanwhile
        }
    }

    @Override
    public void close() {
        removeOwn();
        Runtime.getRuntime().removeShutdownHook(atExit);
    }

    private void removeOwn() {
        removeLabelled(label);
        BoundedCommand.of("rm", "-rf", scratch.toString()).run();
    }

    private static void removeLabelled(String label) {
        listed(label, "ps").forEach(id -> docker("rm", "-f", id));
        listed(label, "images").forEach(id -> docker("rmi", "-f", id));
    }
}
