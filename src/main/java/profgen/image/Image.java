package profgen.image;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import profgen.BadInputException;
import profgen.HostException;

/** An image that lies in a file or a folder, which stays open. */
public final class Image implements AutoCloseable {
    private final Blobs blobs;
    private final Contents contents;
    private final Limits limits;

    Image(Blobs blobs, Contents contents, Limits limits) {
        this.blobs = blobs;
        this.contents = contents;
        this.limits = limits;
    }

    public ImageConfig config() {
        return contents.config();
    }

    /** What the archive calls it, e.g. {@code app:1.2}. */
    public Optional<String> name() {
        return contents.name();
    }

    /**
     * Makes the image's root file system. Digests of all layers are checked; an archive that is refused leaves nothing behind.
     *
     * @param folder is made; the root file system is in it, out of reach for other users, whose set-user-ID programs would otherwise be theirs to run
     * @throws BadInputException for what the archive holds, with the layer and the entry
     * @throws HostException for what this machine cannot store
     */
    public Rootfs unpack(Path folder) {
        try {
            Rootfs.makeFolders(folder);
            return unpackInto(folder);
        } catch (CallException e) {
            throw new HostException(folder + ": " + e.getMessage());
        } catch (LinkageError e) {
            throw new HostException("libc: cannot be called from Java: " + e.getMessage());
        }
    }

    private Rootfs unpackInto(Path folder) throws CallException {
        Remarks remarks = new Remarks();
        try (Folder yard = Folder.open(folder);
                Tree tree = new Tree(yard.enter(Rootfs.NAME).orElseThrow(), yard)) {
            Budget budget = new Budget(limits);
            EntryWriter writer = new EntryWriter(tree, budget, remarks);
            int number = 1;
            for (Layer layer : contents.layers()) {
                String source = blobs.source() + ": layer " + number++ + " of "
                        + contents.layers().size();
                new LayerUnpacker(source, blobs, budget, folder).unpack(layer, new LayerWriter(tree, writer));
            }
            for (Map.Entry<String, TarEntry> entry : tree.attributes().upwards()) {
                try (Folder made = tree.folder(entry.getKey())) {
                    writer.describe(made, entry.getValue());
                }
            }
            return new Rootfs(folder, remarks.all());
        } catch (CallException | RuntimeException | Error e) {
            discard(folder, e);
            throw e;
        }
    }

    private static void discard(Path folder, Throwable reason) {
        try {
            Rootfs.delete(folder);
        } catch (RuntimeException e) {
            reason.addSuppressed(e);
        }
    }

    @Override
    public void close() {
        close(blobs);
    }

    static void close(Closeable open) {
        try {
            open.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
