package profgen.image;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;
import profgen.BadInputException;

/** The files of an image's archive or layout by their names there. */
interface Blobs extends Closeable {
    /** Engines refuse manifests above this too; a configuration with a long history stays far below it. */
    int MAX_DOCUMENT = 4 << 20;

    /** What messages call it. */
    String source();

    /** Empty: there is no such file. */
    OptionalLong size(String name);

    /** For a name that {@link #size} knows. */
    InputStream open(String name) throws IOException;

    default boolean has(String name) {
        return size(name).isPresent();
    }

    default BadInputException problem(String name, String problem) {
        return new BadInputException(source() + ": " + Raw.line(name) + ": " + problem);
    }

    default byte[] document(String name) {
        long size = size(name).orElseThrow(() -> problem(name, "is missing"));
        if (size > MAX_DOCUMENT) {
            throw problem(name, size + " bytes; " + MAX_DOCUMENT + " are the most for a JSON file");
        }
        try (InputStream in = open(name)) {
            return in.readNBytes(MAX_DOCUMENT);
        } catch (IOException e) {
            throw problem(name, "cannot be read: " + e.getMessage());
        }
    }

    /** A document whose bytes are those that its descriptor promises. */
    default Json document(Descriptor descriptor) {
        String name = descriptor.digest().blob();
        byte[] bytes = document(name);
        descriptor.check(this, bytes.length, Digest.of(bytes));
        return Json.parse(bytes, source() + ": " + name);
    }
}
