package profgen.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import profgen.BadInputException;

/** An OCI layout in a folder. Its blobs may be symlinks, as some builders make them: what they lead to must have the right digest. */
record FolderBlobs(Path folder) implements Blobs {
    @Override
    public String source() {
        return folder.toString();
    }

    /** Regular files only: a FIFO would be waited for. */
    @Override
    public OptionalLong size(String name) {
        Path file = folder.resolve(name);
        if (!Files.isRegularFile(file)) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Files.size(file));
        } catch (IOException e) {
            throw new BadInputException(file + ": cannot be read: " + e.getMessage());
        }
    }

    @Override
    public InputStream open(String name) throws IOException {
        return Files.newInputStream(folder.resolve(name));
    }

    @Override
    public void close() {}
}
