package profgen.image;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import profgen.BadInputException;
import profgen.HostException;

/** An image's files on this machine, until closed. */
public final class Rootfs implements AutoCloseable {
    static final String NAME = "rootfs";

    private final Path folder;
    private final List<Remark> remarks;

    Rootfs(Path folder, List<Remark> remarks) {
        this.folder = folder;
        this.remarks = List.copyOf(remarks);
    }

    /** The root of the file system. A symlink in it may lead to anywhere on this machine: see {@link #inside}. */
    public Path path() {
        return folder.resolve(NAME);
    }

    /** What was not kept, sorted by kind. */
    public List<Remark> remarks() {
        return remarks;
    }

    /**
     * Where a path of the container is on this machine, all symlinks resolved as a process in the container would see them: the result has none. Empty if
     * there is nothing.
     *
     * @param path e.g. {@code /etc/passwd}; with {@code ..} there is nothing
     */
    public Optional<Path> inside(String path) {
        try (Folder yard = Folder.open(folder);
                Tree tree = new Tree(yard.enter(NAME).orElseThrow(), yard)) {
            List<String> parts = EntryName.parts(Raw.ofUtf8(path).replaceFirst("^/+", ""));
            if (parts.isEmpty()) {
                return Optional.of(path());
            }
            return tree.resolve(parts)
                    .map(found ->
                            path().resolve(new String(Raw.bytes(found), java.nio.charset.StandardCharsets.UTF_8)));
        } catch (CallException e) {
            throw new HostException(path() + ": " + e.getMessage());
        } catch (Refused e) {
            return Optional.empty();
        }
    }

    /** @throws BadInputException if there is something already */
    static void makeFolders(Path folder) {
        try {
            Files.createDirectory(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Files.createDirectory(folder.resolve(NAME));
        } catch (FileAlreadyExistsException e) {
            throw new BadInputException(folder + ": is there already");
        } catch (IOException e) {
            throw new HostException(folder + ": cannot be made: " + e.getMessage());
        }
    }

    /** Removes all of it, whatever has been put into it meanwhile; never follows a link. Does nothing the second time. */
    @Override
    public void close() {
        delete(folder);
    }

    static void delete(Path folder) {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Folder yard = Folder.open(folder)) {
            Removal removal = new Removal(yard);
            for (String name : yard.names()) {
                removal.remove(yard, name);
            }
            Files.delete(folder);
        } catch (IOException e) {
            throw new HostException(folder + ": cannot be removed: " + e.getMessage());
        }
    }
}
