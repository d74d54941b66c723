package profgen.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import profgen.BadInputException;
import profgen.HostException;
import profgen.image.Image;
import profgen.image.ImageArchive;
import profgen.image.ImageConfig;
import profgen.image.ImageReference;
import profgen.image.Limits;
import profgen.image.Platform;
import profgen.image.Remark;
import profgen.image.Rootfs;

/** An image of an archive or a layout, its root file system on this machine until it is closed: no engine is needed to run it. */
public final class UnpackedImage implements AutoCloseable {
    private static final String DEFAULT_PATH = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private final ImageFacts facts;
    private final Optional<String> name;
    private final Rootfs rootfs;

    private UnpackedImage(ImageFacts facts, Optional<String> name, Rootfs rootfs) {
        this.facts = facts;
        this.name = name;
        this.rootfs = rootfs;
    }

    /**
     * @param text of which the reference was read
     * @param folder is made, and gone when this is closed
     */
    public static UnpackedImage open(String text, ImageReference.Stored reference, Limits limits, Path folder) {
        try (Image image = ImageArchive.open(reference, here(), limits)) {
            ImageFacts facts = facts(text, image.config());
            UnpackedImage unpacked = new UnpackedImage(facts, image.name(), image.unpack(folder));
            try {
                for (String needed : List.of("proc", "dev", "sys", facts.workdir())) {
                    unpacked.makeFolder(needed);
                }
                return unpacked;
            } catch (RuntimeException e) {
                unpacked.close();
                throw e;
            }
        }
    }

    /** As an engine makes what a container needs and its image lacks. A link is left as it is. */
    private void makeFolder(String path) {
        try {
            Path folder = root();
            for (String part : path.split("/+", -1)) {
                folder = folder.resolve(part);
                if (part.equals("..") || Files.isSymbolicLink(folder)) {
                    return;
                }
                if (!Files.exists(folder)) {
                    Files.createDirectory(folder);
                }
            }
        } catch (InvalidPathException e) {
            throw new BadInputException(
                    "WORKDIR of the image: " + e.getReason() + ": no such path can be made here",
                    "LC_ALL=C.UTF-8 lets profgen spell it, if it has other letters than ASCII's");
        } catch (IOException e) {
            throw new HostException(root() + ": cannot make " + path + " in it: " + e.getMessage());
        }
    }

    private static Platform here() {
        String arch = System.getProperty("os.arch", "");
        return Platform.byName(arch)
                .orElseThrow(() -> new HostException("--image: there are no images for this machine, " + arch));
    }

    private static ImageFacts facts(String text, ImageConfig config) {
        return new ImageFacts(
                text,
                config.id(),
                List.of(),
                config.architecture(),
                config.entrypoint(),
                config.cmd(),
                config.env(),
                config.user(),
                config.workingDir(),
                config.stopSignal().orElse(""),
                config.healthcheck()
                        .filter(check -> !check.isDisabled())
                        .map(check ->
                                HealthCheck.of(check.command(config.shell()), check.interval(), check.timeout())));
    }

    public ImageFacts facts() {
        return facts;
    }

    /** What the archive calls it. */
    public Optional<String> name() {
        return name;
    }

    public Path root() {
        return rootfs.path();
    }

    /** What of the image is not in the root file system as it ought to be. */
    public List<Remark> remarks() {
        return rootfs.remarks();
    }

    /**
     * For the sandbox: what an engine would run, with the image's environment in place of the caller's.
     *
     * @param caller the environment that it is not to have
     */
    public Workload workload(ContainerSpec spec, Network network, boolean pid1, Map<String, String> caller) {
        ContainerOptions options = spec.options();
        UserDatabase users = UserDatabase.of(root());
        String user = options.user() == null ? facts.user() : options.user();
        UserIds ids = user.isEmpty() ? new UserIds(0, 0, List.of()) : users.resolve(user);
        String workdir = options.workdir() == null ? facts.workdir() : options.workdir();
        return new Workload(
                facts.commandLine(spec.entrypoint(), spec.command()),
                options.capabilities(),
                network,
                ids,
                workdir.isEmpty() ? null : workdir,
                environment(options, users.home(ids.uid()), caller),
                root().toString(),
                options.hostname(),
                options.readOnly(),
                options.noNewPrivileges(),
                pid1);
    }

    /** Later ones win, as the tracer sets them one after the other. */
    private List<String> environment(ContainerOptions options, String home, Map<String, String> caller) {
        List<String> changes = new ArrayList<>(new TreeSet<>(caller.keySet()));
        changes.addAll(List.of(DEFAULT_PATH, "HOME=" + home));
        changes.addAll(facts.environment());
        for (String change : options.environment()) {
            if (change.contains("=")) {
                changes.add(change);
            } else if (caller.containsKey(change)) {
                changes.add(change + "=" + caller.get(change));
            }
        }
        return List.copyOf(changes);
    }

    @Override
    public void close() {
        rootfs.close();
    }
}
