package profgen.container;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import profgen.HostException;
import profgen.capability.Capability;

/**
 * The {@code config.json} of an OCI bundle: the container that Docker would make with the same options, but for the network, which is the
 * host's or none.
 */
final class Bundle {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DEFAULT_PATH = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private final ContainerSpec spec;
    private final ContainerOptions options;
    private final ImageFacts image;
    private final Path root;

    /** @param image whose file system it is */
    Bundle(ContainerSpec spec, ImageFacts image) {
        this.spec = spec;
        this.options = spec.options();
        this.image = image;
        this.root = Path.of(Objects.requireNonNull(spec.rootfs())).toAbsolutePath();
        Unsupported.check(spec, root, !image.id().isEmpty());
    }

    String json(String name) {
        ObjectNode config = template();
        process((ObjectNode) config.path("process"), name);
        ((ObjectNode) config.path("root")).put("path", root.toString()).put("readonly", options.readOnly());
        config.put("hostname", hostname(name));
        mounts((ArrayNode) config.path("mounts"));
        ObjectNode linux = (ObjectNode) config.path("linux");
        linux.put("cgroupsPath", "/profgen/" + name);
        if ("none".equals(options.network())) {
            ((ArrayNode) linux.path("namespaces")).addObject().put("type", "network");
        }
        if (spec.seccomp().file() != null) {
            linux.set("seccomp", read(spec.seccomp().file()));
        }
        return config.toPrettyString();
    }

    private static ObjectNode template() {
        try (InputStream in = Bundle.class.getResourceAsStream("/profgen/container/bundle.json")) {
            return (ObjectNode) JSON.readTree(in);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode read(Path file) {
        try {
            return JSON.readTree(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new HostException(file + ": cannot be read: " + e.getMessage());
        }
    }

    private String hostname(String name) {
        return options.hostname() == null ? name.substring(name.length() - 12) : options.hostname();
    }

    private void process(ObjectNode process, String name) {
        process.put("terminal", options.terminal());
        ArrayNode words = process.putArray("args");
        image.commandLine(spec.entrypoint(), spec.command()).forEach(words::add);
        ArrayNode variables = process.putArray("env");
        environment(name).forEach(variables::add);
        process.put("cwd", workdir());
        process.put("noNewPrivileges", options.noNewPrivileges());
        UserIds ids = user();
        ObjectNode user = process.putObject("user").put("uid", ids.uid()).put("gid", ids.gid());
        ArrayNode groups = user.putArray("additionalGids");
        ids.groups().forEach(groups::add);
        capabilities(process.putObject("capabilities"), ids.uid() == 0);
        options.ulimits().forEach(limit -> Unsupported.limit(limit, process.withArray("rlimits")));
    }

    /** As Docker sets them: with another user than root all but the bounding set is empty. */
    private void capabilities(ObjectNode sets, boolean isRoot) {
        List<String> names = new ArrayList<>();
        for (Capability capability : options.capabilities().bounding()) {
            names.add(capability.name());
        }
        for (String set : isRoot ? List.of("bounding", "permitted", "effective") : List.of("bounding")) {
            ArrayNode array = sets.putArray(set);
            names.forEach(array::add);
        }
    }

    private UserIds user() {
        String text = options.user() == null ? image.user() : options.user();
        return text.isEmpty()
                ? new UserIds(0, 0, List.of())
                : UserDatabase.of(root).resolve(text);
    }

    private String workdir() {
        if (options.workdir() != null) {
            return options.workdir();
        }
        return image.workdir().isEmpty() ? "/" : image.workdir();
    }

    private List<String> environment(String name) {
        Map<String, String> variables = new TreeMap<>();
        List<String> all = new ArrayList<>(List.of(DEFAULT_PATH, "HOSTNAME=" + hostname(name)));
        if (options.terminal()) {
            all.add("TERM=xterm");
        }
        all.addAll(image.environment());
        for (String change : options.environment()) {
            String value = System.getenv(change);
            if (change.contains("=")) {
                all.add(change);
            } else if (value != null) {
                all.add(change + "=" + value);
            }
        }
        all.forEach(change -> variables.put(change.replaceFirst("(?s)=.*", ""), change));
        return List.copyOf(variables.values());
    }

    private void mounts(ArrayNode mounts) {
        String size = options.shmSize() == null
                ? "64m"
                : options.shmSize().toLowerCase(Locale.ROOT).replaceFirst("b$", "");
        mount(mounts, "/dev/shm", "tmpfs", "shm", List.of("nosuid", "noexec", "nodev", "mode=1777", "size=" + size));
        for (String place : options.tmpfs()) {
            String[] parts = place.split(":", 2);
            List<String> flags = new ArrayList<>(List.of("nosuid", "nodev", "noexec"));
            flags.addAll(parts.length == 2 ? List.of(parts[1].split(",", -1)) : List.of());
            mount(mounts, parts[0], "tmpfs", "tmpfs", flags);
        }
        for (String volume : options.volumes()) {
            String[] parts = volume.split(":", 3);
            boolean readOnly =
                    parts.length == 3 && List.of(parts[2].split(",", -1)).contains("ro");
            bind(mounts, new Mount(parts[0], parts[1], readOnly));
        }
        spec.mounts().forEach(mount -> bind(mounts, mount));
    }

    private static void bind(ArrayNode mounts, Mount mount) {
        String mode = mount.readOnly() ? "ro" : "rw";
        mount(mounts, mount.target(), "bind", mount.source(), List.of("rbind", "rprivate", mode));
    }

    private static void mount(ArrayNode mounts, String target, String type, String source, List<String> flags) {
        ObjectNode mount =
                mounts.addObject().put("destination", target).put("type", type).put("source", source);
        ArrayNode list = mount.putArray("options");
        flags.forEach(list::add);
    }

    /** Nothing is in the way of an image of which nothing is known. */
    static ImageFacts bare() {
        return new ImageFacts("", "", List.of(), "", List.of(), List.of(), List.of(), "", "", "", Optional.empty());
    }
}
