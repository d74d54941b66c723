package profgen.verify;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import profgen.HostException;

/** A folder for the files of one verification, which the workload's user can read and which is gone afterwards. */
public final class Scratch implements AutoCloseable {
    private final Path folder;
    private final Thread atExit = new Thread(this::remove, "remove scratch files");
    private int files;

    public Scratch() {
        try {
            folder = Files.createTempDirectory("profgen-verify");
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException e) {
            throw new HostException(
                    System.getProperty("java.io.tmpdir") + ": no folder can be made there: " + e.getMessage());
        }
        try {
            Runtime.getRuntime().addShutdownHook(atExit);
        } catch (IllegalStateException e) {
            remove();
            throw new CancellationException("the JVM is on its way");
        }
    }

    Path folder() {
        return folder;
    }

    /** A name that is not taken. */
    Path file(String suffix) {
        return folder.resolve(files++ + suffix);
    }

    Path write(String suffix, byte[] bytes, boolean executable) {
        Path file = file(suffix);
        try {
            Files.write(file, bytes);
            Files.setPosixFilePermissions(
                    file, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
            return file;
        } catch (IOException e) {
            throw new HostException(file + ": cannot be written: " + e.getMessage());
        }
    }

    /** For a user who may not read the original. */
    Path copyExecutable(Path original) {
        try {
            return write("." + original.getFileName(), Files.readAllBytes(original), true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void remove() {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            /* Somebody else removes it too, or nobody can. */
        }
    }

    @Override
    public void close() {
        remove();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            /* The JVM is on its way. */
        }
    }
}
