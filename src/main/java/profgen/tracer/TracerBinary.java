package profgen.tracer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import profgen.HostException;
import profgen.container.Owner;

/**
 * Finds {@code profgen-tracer}: the property {@code profgen.tracer}, else the one in the jar, unpacked once into a folder that only this user can
 * write to and compared with the jar before each use.
 */
public final class TracerBinary {
    private static final Object PRIVATE = PosixFilePermissions.fromString("rwx------");
    /** Mounted into a container it is started by whatever user that has; here its folder keeps others out. */
    private static final Object FOR_ALL = PosixFilePermissions.fromString("rwxr-xr-x");

    private TracerBinary() {}

    public static Path locate() {
        String given = System.getProperty("profgen.tracer", "");
        if (given.isEmpty()) {
            return unpack(packed(), folders(System.getenv()));
        }
        if (!Files.isExecutable(Path.of(given))) {
            throw new HostException(given + ": is not an executable file (property profgen.tracer)");
        }
        return Path.of(given);
    }

    private static byte[] packed() {
        String arch = System.getProperty("os.arch", "");
        String name = "/native/linux-" + (arch.equals("amd64") ? "x86_64" : arch) + "/profgen-tracer";
        try (InputStream in = TracerBinary.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new HostException("profgen-tracer: this jar has none for the architecture " + arch);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new HostException("profgen-tracer: cannot be read from the jar: " + e.getMessage());
        }
    }

    /** Where an unpacked executable may stay, best first. */
    static List<Path> folders(Map<String, String> environment) {
        List<Path> folders = new ArrayList<>();
        Optional.ofNullable(environment.get("XDG_CACHE_HOME"))
                .filter(path -> path.startsWith("/"))
                .ifPresent(path -> folders.add(Path.of(path, "profgen")));
        Optional.ofNullable(environment.get("HOME"))
                .filter(path -> path.startsWith("/"))
                .ifPresent(path -> folders.add(Path.of(path, ".cache", "profgen")));
        folders.add(Path.of(
                System.getProperty("java.io.tmpdir", "/tmp"), "profgen-" + System.getProperty("user.name", "user")));
        return folders;
    }

    /** The first folder that takes it and lets it run. */
    static Path unpack(byte[] executable, List<Path> folders) {
        String name = "profgen-tracer-" + checksum(executable);
        List<String> problems = new ArrayList<>();
        for (Path folder : folders) {
            try {
                makePrivate(folder);
                Path file = folder.resolve(name);
                if (!isIntact(file, executable)) {
                    write(file, executable);
                }
                Files.setAttribute(file, "posix:permissions", FOR_ALL);
                if (runs(file)) {
                    return file;
                }
                problems.add(folder + " does not let programs run");
            } catch (IOException e) {
                problems.add(folder + " (" + e.getClass().getSimpleName().toLowerCase(Locale.ROOT) + ")");
            }
        }
        throw new HostException(
                "profgen-tracer: no folder to unpack it to: " + String.join(", ", problems),
                "set XDG_CACHE_HOME to a folder that you can write to and that is not mounted noexec");
    }

    private static void makePrivate(Path folder) throws IOException {
        Files.createDirectories(folder);
        if (!Owner.isMe(folder)) {
            throw new IOException("belongs to somebody else");
        }
        Files.setAttribute(folder, "posix:permissions", PRIVATE);
    }

    private static boolean isIntact(Path file, byte[] executable) throws IOException {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                && Owner.isMe(file)
                && Arrays.equals(Files.readAllBytes(file), executable);
    }

    /** By way of another name: a second profgen that starts now sees nothing or all of it. */
    private static void write(Path file, byte[] executable) throws IOException {
        Path temporary = Files.createTempFile(file.getParent(), "unpacking", "");
        try {
            Files.write(temporary, executable);
            Files.setAttribute(temporary, "posix:permissions", PRIVATE);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** False where the file system is mounted noexec: access(2) knows that. */
    private static boolean runs(Path file) {
        return Files.isExecutable(file);
    }

    /** Tells versions apart, no more: what lies under the name is compared byte by byte. */
    private static String checksum(byte[] bytes) {
        CRC32 checksum = new CRC32();
        checksum.update(bytes);
        return Long.toHexString(checksum.getValue());
    }
}
