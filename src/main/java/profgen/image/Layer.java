package profgen.image;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One layer's place in its archive.
 *
 * @param blob its file there
 * @param descriptor what the file must be, where a manifest says it
 * @param diffId the digest of the tar in it
 */
record Layer(String blob, Optional<Descriptor> descriptor, Digest diffId) {
    private static final Pattern MEDIA_TYPES = Pattern.compile("application/vnd\\."
            + "(oci\\.image\\.layer(\\.nondistributable)?\\.v1\\.tar(\\+gzip|\\+zstd)?"
            + "|docker\\.image\\.rootfs\\.(foreign\\.)?diff\\.tar(\\.gzip|\\.zstd)?)");

    /** Reads the whole file once, so that nothing of a wrong one is unpacked. */
    void verify(Blobs blobs) throws IOException {
        if (!blobs.has(blob)) {
            throw blobs.problem(blob, "this layer is missing");
        }
        if (descriptor.isEmpty()) {
            return;
        }
        Descriptor promised = descriptor.get();
        if (!MEDIA_TYPES.matcher(promised.mediaType()).matches()) {
            throw blobs.problem(blob, "media type " + Raw.quoted(promised.mediaType()) + ": expected a layer's tar");
        }
        try (InputStream in = blobs.open(blob)) {
            Metered metered = new Metered(in, count -> {}).drained();
            promised.check(blobs, metered.count(), metered.digest());
        }
    }
}
