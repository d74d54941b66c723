package profgen.image;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.commons.compress.compressors.zstandard.ZstdCompressorInputStream;
import profgen.HostException;

/** Told by the first bytes, whatever a media type or a file's name says. */
enum Compression {
    NONE,
    GZIP,
    ZSTD;

    /** The stream without its compression. */
    static InputStream undone(InputStream in) throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(in, 1 << 16);
        buffered.mark(6);
        byte[] head = buffered.readNBytes(6);
        buffered.reset();
        return of(head).open(buffered);
    }

    static Compression of(byte[] head) {
        if (startsWith(head, 0x1f, 0x8b)) {
            return GZIP;
        }
        // The second begins with a frame to be skipped, in which a table of contents may lie.
        if (startsWith(head, 0x28, 0xb5, 0x2f, 0xfd)
                || (head.length > 3
                        && (head[0] & 0xf0) == 0x50
                        && head[1] == 0x2a
                        && head[2] == 0x4d
                        && head[3] == 0x18)) {
            return ZSTD;
        }
        if (startsWith(head, 0xfd, '7', 'z', 'X', 'Z')) {
            throw new Refused("compressed with xz; gzip and zstd are read");
        }
        if (startsWith(head, 'B', 'Z', 'h')) {
            throw new Refused("compressed with bzip2; gzip and zstd are read");
        }
        return NONE;
    }

    private static boolean startsWith(byte[] head, int... magic) {
        for (int i = 0; i < magic.length; i++) {
            if (head.length <= i || (head[i] & 0xff) != magic[i]) {
                return false;
            }
        }
        return true;
    }

    private InputStream open(InputStream in) throws IOException {
        return switch (this) {
            case NONE -> in;
            // All members: some builders compress each file for itself.
            case GZIP ->
                GzipCompressorInputStream.builder()
                        .setInputStream(in)
                        .setDecompressConcatenated(true)
                        .get();
            case ZSTD -> zstd(in);
        };
    }

    /** The library unpacks a file of its own to the folder for temporary files. */
    private static InputStream zstd(InputStream in) throws IOException {
        try {
            return new ZstdCompressorInputStream(in);
        } catch (LinkageError e) {
            throw new HostException(
                    "zstd: its library cannot be loaded: " + e.getMessage(),
                    "give the JVM a folder that lets programs run: -Djava.io.tmpdir=DIR");
        }
    }
}
