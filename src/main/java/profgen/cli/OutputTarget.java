package profgen.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import profgen.BadInputException;
import profgen.HostException;

/**
 * Where a command writes one document.
 *
 * @param file null: standard output
 */
record OutputTarget(@Nullable Path file) {
    static OutputTarget of(String name) {
        if (name.equals("-")) {
            return new OutputTarget(null);
        }
        try {
            return new OutputTarget(Path.of(name));
        } catch (InvalidPathException e) {
            throw new BadInputException(
                    name + ": is no file name in this locale: " + e.getReason(), "set LC_ALL=C.UTF-8");
        }
    }

    boolean isStandardOutput() {
        return file == null;
    }

    String name() {
        return file == null ? "-" : file.toString();
    }

    /** The file, if it is one. */
    List<Path> files() {
        return file == null ? List.of() : List.of(file);
    }

    /** Finds out before any work is done whether {@link #write} can succeed; leaves nothing behind. */
    void checkWritable() {
        if (file == null) {
            return;
        }
        if (Files.isDirectory(file)) {
            throw new BadInputException(file + ": is a folder: expected a file name");
        }
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            return;
        }
        try {
            Path folder = (Files.exists(file) ? file.toRealPath() : file.toAbsolutePath()).getParent();
            Files.delete(Files.createTempFile(folder, ".profgen", ".tmp"));
        } catch (IOException e) {
            throw new BadInputException(file + ": cannot be written: " + reason(e), "choose another place for it");
        }
    }

    /** Replaces the file as a whole; a device or a pipe is written to as it is. */
    void write(String text, PrintWriter out) {
        if (file == null) {
            out.print(text);
            out.flush();
            return;
        }
        try {
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                Files.writeString(file, text);
            } else {
                AtomicFile.write(file, text);
            }
        } catch (IOException e) {
            throw new HostException(file + ": cannot be written: " + reason(e));
        }
    }

    /** The same for what is no text; to the process's own standard output. */
    void write(byte[] bytes) {
        try {
            if (file == null) {
                new FileOutputStream(FileDescriptor.out).write(bytes);
            } else if (Files.exists(file) && !Files.isRegularFile(file)) {
                Files.write(file, bytes);
            } else {
                AtomicFile.write(file, bytes);
            }
        } catch (IOException e) {
            throw new HostException(name() + ": cannot be written: " + reason(e));
        }
    }

    static String reason(IOException failure) {
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (failure instanceof java.nio.file.NoSuchFileException) {
            return "the folder does not exist";
        }
        if (failure instanceof FileSystemException system && system.getReason() != null) {
            return system.getReason();
        }
        return String.valueOf(failure.getMessage());
    }

    /** For picocli. */
    static final class Converter implements ITypeConverter<OutputTarget> {
        @Override
        public OutputTarget convert(String name) {
            return of(name);
        }
    }
}
