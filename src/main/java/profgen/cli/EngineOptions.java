package profgen.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import profgen.BadInputException;
import profgen.image.ImageReference;
import profgen.image.Limits;

/** The options that only a container engine has, with Docker's own names and meaning. */
final class EngineOptions {
    private static final String NO_NEW_PRIVILEGES = "no-new-privileges";

    @Option(
            names = "--image",
            paramLabel = "REF",
            description = "Record in a container of this image, which the engine must have, or which lies in a file"
                    + " (FILE.tar as docker save writes it, oci:DIR) and needs no engine; without CMD what the image itself"
                    + " starts. The options from here on, and those above, mean what they mean to docker run.")
    private @Nullable String image;

    @Option(
            names = "--image-bytes",
            paramLabel = "SIZE",
            description = "What an image in a file may unpack to, e.g. 20g. Default: 8g.")
    private @Nullable String imageBytes;

    @Option(
            names = "--image-entries",
            paramLabel = "N",
            description = "How many files and folders it may have. Default: 500000.")
    private int imageEntries = Limits.DEFAULT.entries();

    @Option(names = "--entrypoint", paramLabel = "PROGRAM", description = "Instead of the image's; \"\" for none.")
    private @Nullable String entrypoint;

    @Option(
            names = {"-v", "--volume"},
            paramLabel = "SRC:DST[:OPTS]",
            description = "Mount a folder or a volume.")
    private List<String> volumes = new ArrayList<>();

    @Option(names = "--tmpfs", paramLabel = "DIR[:OPTS]", description = "A file system in memory.")
    private List<String> tmpfs = new ArrayList<>();

    @Option(
            names = "--security-opt",
            paramLabel = "OPT",
            description = "no-new-privileges, which counts for the profile too, or another one but seccomp=: while it"
                    + " is recorded a container has no filter.")
    private List<String> securityOptions = new ArrayList<>();

    @Option(names = "--ulimit", paramLabel = "NAME=SOFT[:HARD]", description = "A limit of resources.")
    private List<String> ulimits = new ArrayList<>();

    @Option(names = "--shm-size", paramLabel = "SIZE", description = "Of /dev/shm.")
    private @Nullable String shmSize;

    @Option(
            names = {"-t", "--tty"},
            description = "Give it a terminal.")
    private boolean terminal;

    @Option(
            names = {"-i", "--interactive"},
            description = "Let it read profgen's standard input.")
    private boolean interactive;

    @Option(
            names = "--engine-arg",
            paramLabel = "WORD",
            parameterConsumer = AnyWord.class,
            description = "A word for the engine as it is, e.g. --engine-arg=--publish=8080:80.")
    private List<String> engineArguments = new ArrayList<>();

    @Nullable
    String image() {
        return image;
    }

    /**
     * What files of it are named after: the command, where one was given, since an image's own is as often as not some entrypoint.sh; else
     * {@code redis} of {@code registry.example:5000/library/redis:7@sha256:...}.
     */
    String nameOf(List<String> command) {
        if (entrypoint != null && !entrypoint.isEmpty()) {
            return entrypoint;
        }
        if (image == null || !command.isEmpty()) {
            return command.get(0);
        }
        return ImageReference.parse(image) instanceof ImageReference.Stored stored
                ? String.valueOf(stored.path().getFileName()).replaceFirst("\\.(tar(\\.(gz|zst))?|tgz|tzst)$", "")
                : image.replaceFirst("@.*", "").replaceFirst(".*/", "").replaceFirst(":.*", "");
    }

    /** Whether it needs no engine that has it. */
    boolean isInFile() {
        return image != null && ImageReference.parse(image) instanceof ImageReference.Stored;
    }

    Limits limits() {
        if (imageEntries < 1) {
            throw new BadInputException("--image-entries " + imageEntries + ": expected a number from 1");
        }
        return (imageBytes == null ? Limits.DEFAULT : Limits.DEFAULT.withBytes(bytes(imageBytes)))
                .withEntries(imageEntries);
    }

    /** {@code 20g}, and with k, m or nothing behind the number. */
    private static long bytes(String text) {
        if (!text.matches("(?i)[1-9][0-9]{0,11}[kmg]?")) {
            throw new BadInputException("--image-bytes " + text + ": expected a number, and k, m or g behind it");
        }
        String lower = text.toLowerCase(Locale.ROOT);
        int power = "kmg".indexOf(lower.charAt(lower.length() - 1)) + 1;
        return Long.parseLong(lower.replaceFirst("[kmg]$", "")) << (10 * power);
    }

    @Nullable
    String entrypoint() {
        return entrypoint;
    }

    List<String> volumes() {
        return volumes;
    }

    List<String> tmpfs() {
        return tmpfs;
    }

    List<String> ulimits() {
        return ulimits;
    }

    @Nullable
    String shmSize() {
        return shmSize;
    }

    boolean terminal() {
        return terminal;
    }

    boolean interactive() {
        return interactive;
    }

    List<String> engineArguments() {
        return engineArguments;
    }

    boolean noNewPrivileges() {
        return securityOptions.stream().anyMatch(EngineOptions::isNoNewPrivileges);
    }

    /** Docker takes {@code no-new-privileges}, with {@code :true}, {@code =true}, and with false in the same places. */
    private static boolean isNoNewPrivileges(String option) {
        return option.equals(NO_NEW_PRIVILEGES) || option.matches(NO_NEW_PRIVILEGES + "[:=]true");
    }

    List<String> securityOptions() {
        for (String option : securityOptions) {
            if (option.startsWith("seccomp")) {
                throw new BadInputException(
                        "--security-opt " + option + ": the container's filter is profgen's to set", "leave it out");
            }
        }
        return securityOptions.stream()
                .filter(option -> !isNoNewPrivileges(option))
                .toList();
    }

    /** The first of the given options that only an engine knows; null if there is none. An input the sandbox gives to its workload anyway. */
    @Nullable
    String needsEngine() {
        Map<String, Boolean> given = new LinkedHashMap<>();
        given.put("--volume", !volumes.isEmpty());
        given.put("--tmpfs", !tmpfs.isEmpty());
        given.put("--security-opt", !securityOptions().isEmpty());
        given.put("--ulimit", !ulimits.isEmpty());
        given.put("--shm-size", shmSize != null);
        given.put("--tty", terminal);
        given.put("--engine-arg", !engineArguments.isEmpty());
        return given.entrySet().stream()
                .filter(Map.Entry::getValue)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    }
}
