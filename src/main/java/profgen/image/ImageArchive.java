package profgen.image;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import profgen.BadInputException;

/** Opens images that lie in files: what {@code docker save} writes (old and new), and OCI layouts in a folder or a tar, also compressed ones. */
public final class ImageArchive {
    private ImageArchive() {}

    /** The only image for the platform in an archive or a layout's folder. */
    public static Image open(Path path, Platform platform, Limits limits) {
        return open(new ImageReference.Stored(path, Optional.empty()), platform, limits);
    }

    /**
     * Reads indexes, manifests and the configuration and checks their digests; layers are read by {@link Image#unpack}.
     *
     * @throws BadInputException with the archive's name, the file in it and the place there
     */
    public static Image open(ImageReference.Stored reference, Platform platform, Limits limits) {
        Blobs blobs = blobs(reference.path(), limits);
        try {
            Contents contents = contents(blobs, platform, reference.tag());
            if (contents.layers().size() > limits.layers()) {
                throw new BadInputException(
                        blobs.source() + ": " + contents.layers().size() + " layers; the limit is " + limits.layers());
            }
            return new Image(blobs, contents, limits);
        } catch (RuntimeException e) {
            Image.close(blobs);
            throw e;
        }
    }

    private static Blobs blobs(Path path, Limits limits) {
        if (Files.isDirectory(path)) {
            return new FolderBlobs(path);
        }
        if (!Files.exists(path)) {
            throw new BadInputException(path + ": no such file or folder");
        }
        if (!Files.isRegularFile(path)) {
            throw new BadInputException(path + ": neither a file nor a folder");
        }
        return TarBlobs.open(path, limits);
    }

    private static Contents contents(Blobs blobs, Platform platform, Optional<String> tag) {
        if (blobs.has(OciLayout.INDEX)) {
            return OciLayout.read(blobs, platform, tag);
        }
        if (blobs instanceof TarBlobs && blobs.has(DockerArchive.MANIFEST)) {
            return DockerArchive.read(blobs, platform, tag);
        }
        throw new BadInputException(
                blobs.source() + ": not an image: neither index.json nor manifest.json in it",
                "`docker save IMAGE` writes an image; the tar of a file system becomes one with `docker import`");
    }
}
