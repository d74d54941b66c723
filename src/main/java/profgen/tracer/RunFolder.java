package profgen.tracer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import profgen.HostException;

/**
 * Where the journal of a container lies: a folder that any user of the container can write to, in one that on this machine nobody but profgen's
 * own user can enter.
 */
final class RunFolder {
    static final String CONTROL = "control";

    private static final Object PRIVATE = PosixFilePermissions.fromString("rwx------");
    private static final int STICKY_PUBLIC = 01777;
    /** What every engine's mount option takes, and a JVM in any locale spells. */
    private static final Pattern PLAIN = Pattern.compile("[\\x20-\\x7E&&[^,\":\\\\]]+");

    private final Path folder;
    private final Path shared;

    private RunFolder(Path folder) {
        this.folder = folder;
        this.shared = folder.resolve("shared");
    }

    static RunFolder of(Path folder) {
        return new RunFolder(folder);
    }

    /** @param prefix path of the new folder without its last part */
    static RunFolder create(String prefix, String runId) {
        String absolute = Path.of(prefix + runId).toAbsolutePath().normalize().toString();
        Path place = PLAIN.matcher(absolute).matches()
                ? Path.of(absolute)
                : Path.of(System.getProperty("java.io.tmpdir", "/tmp"), "profgen." + runId)
                        .toAbsolutePath();
        RunFolder made = new RunFolder(place);
        try {
            Files.createDirectory(made.folder);
            Files.setAttribute(made.folder, "posix:permissions", PRIVATE);
            Files.createDirectory(made.shared);
            Files.setAttribute(made.shared, "unix:mode", STICKY_PUBLIC);
            return made;
        } catch (IOException e) {
            throw new HostException(place + ": cannot be made for the journal: " + e.getMessage());
        }
    }

    Path folder() {
        return folder;
    }

    /** What a container gets to see. */
    Path shared() {
        return shared;
    }

    /** Read along by the tracer. */
    Path control() {
        return shared.resolve(CONTROL);
    }

    Path journal() {
        return shared.resolve("journal");
    }

    /** With all that is in it; links are not followed. */
    void remove() {
        try {
            remove(folder);
        } catch (IOException e) {
            throw new HostException(
                    folder + ": cannot be removed: " + e.getMessage(), "sudo rm -r " + folder + " removes it");
        }
    }

    private static void remove(Path path) throws IOException {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            for (Path inside : list(path)) {
                remove(inside);
            }
        }
        Files.deleteIfExists(path);
    }

    private static List<Path> list(Path path) throws IOException {
        try (Stream<Path> inside = Files.list(path)) {
            return inside.toList();
        }
    }
}
