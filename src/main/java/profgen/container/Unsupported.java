package profgen.container;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import profgen.BadInputException;

/** What a runtime without an engine above it cannot do, said before it tries; and what would leave something in the user's root file system. */
final class Unsupported {
    private static final String HINT = "docker and podman can";
    private static final Pattern LIMIT = Pattern.compile("([a-z]+)=(-?\\d{1,18})(?::(-?\\d{1,18}))?");

    private Unsupported() {}

    /** @param ours the root file system is profgen's, and goes with it */
    static void check(ContainerSpec spec, Path root, boolean ours) {
        ContainerOptions options = spec.options();
        if (!Files.isDirectory(root)) {
            throw new BadInputException("--rootfs " + root + ": no such folder");
        }
        if (options.init()) {
            throw refusal("--init", "a runtime has no init of its own");
        }
        if (!options.securityOptions().isEmpty()) {
            throw refusal("--security-opt " + options.securityOptions().get(0), "a runtime alone does not know it");
        }
        if (!options.engineArguments().isEmpty()) {
            throw refusal("--engine-arg " + options.engineArguments().get(0), "a runtime alone does not take it");
        }
        String network = options.network();
        if (network != null && !network.equals("host") && !network.equals("none")) {
            throw refusal("--network " + network, "a runtime alone has host and none");
        }
        Predicate<String> there = target -> ours || isInside(root, target);
        options.volumes().forEach(volume -> volume(volume, there));
        options.tmpfs().forEach(place -> target("--tmpfs " + place, place.split(":", 2)[0], there));
        if (options.workdir() != null) {
            target("--workdir " + options.workdir(), options.workdir(), there);
        }
    }

    private static void volume(String volume, Predicate<String> there) {
        String[] parts = volume.split(":", 3);
        if (parts.length < 2 || !parts[0].startsWith("/")) {
            throw refusal("--volume " + volume, "a runtime alone has no volumes: expected /SOURCE:/TARGET[:ro]");
        }
        if (!Files.exists(Path.of(parts[0]))) {
            throw new BadInputException("--volume " + volume + ": " + parts[0] + " does not exist");
        }
        if (parts.length == 3 && !parts[2].equals("ro") && !parts[2].equals("rw")) {
            throw refusal("--volume " + volume, "a runtime alone knows ro and rw");
        }
        target("--volume " + volume, parts[1], there);
    }

    /** Not by a link that on this machine leads elsewhere. */
    private static boolean isInside(Path root, String target) {
        try {
            return root.resolve("." + target).toRealPath().startsWith(root.toRealPath());
        } catch (IOException e) {
            return false;
        }
    }

    /** A runtime would make what is not there, and it would stay. */
    private static void target(String option, String target, Predicate<String> there) {
        if (!target.startsWith("/")) {
            throw new BadInputException(option + ": " + target + ": expected an absolute path");
        }
        boolean inMemory = Path.of(target).normalize().startsWith("/dev") && target.startsWith("/dev/");
        if (!inMemory && !there.test(target)) {
            throw new BadInputException(option + ": the root file system has no " + target, "make it there");
        }
    }

    /** {@code nofile=1024:2048} as OCI has it. */
    static void limit(String text, ArrayNode limits) {
        Matcher limit = LIMIT.matcher(text);
        if (!limit.matches()) {
            throw new BadInputException("--ulimit " + text + ": expected NAME=SOFT[:HARD]");
        }
        long soft = Long.parseLong(limit.group(2));
        long hard = limit.group(3) == null ? soft : Long.parseLong(limit.group(3));
        limits.addObject()
                .put("type", "RLIMIT_" + limit.group(1).toUpperCase(Locale.ROOT))
                .put("soft", soft)
                .put("hard", hard);
    }

    private static BadInputException refusal(String option, String problem) {
        return new BadInputException(option + ": " + problem, HINT);
    }
}
