package profgen.image;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** A tar's entries one after the other, strictly. */
final class TarReader implements Closeable {
    private static final long HIGHEST_ID = 0xFFFF_FFFEL;

    private final HeaderTap tap;
    private final TarArchiveInputStream tar;
    private String current = "";

    TarReader(InputStream in) {
        tap = new HeaderTap(in);
        tar = new TarArchiveInputStream(tap, RawHeader.BLOCK, RawHeader.BLOCK, "ISO-8859-1");
    }

    /** The next one; what is left of the one before is skipped. Empty at the end. */
    Optional<TarEntry> next() throws IOException {
        try {
            skipRest();
            tap.keep();
            TarArchiveEntry entry = tar.getNextEntry();
            byte[] blocks = tap.kept();
            return entry == null ? Optional.empty() : Optional.of(read(entry, new RawHeader(blocks)));
        } catch (IllegalArgumentException | IndexOutOfBoundsException | ArithmeticException e) {
            throw new IOException("a header is damaged", e);
        }
    }

    private void skipRest() throws IOException {
        long skipped;
        do {
            skipped = tar.getCurrentEntry() == null ? 0 : tar.skip(Long.MAX_VALUE);
        } while (skipped > 0);
    }

    private TarEntry read(TarArchiveEntry entry, RawHeader header) throws IOException {
        if (!entry.isCheckSumOK()) {
            throw new IOException("a header's checksum is wrong: not a tar, or a damaged one");
        }
        current = header.name();
        TarEntry.Type type = TarEntry.Type.of(header.type(), current);
        if (type != TarEntry.Type.FILE && type != TarEntry.Type.FOLDER && entry.getSize() != 0) {
            throw new Refused("content of " + entry.getSize() + " bytes where none can be");
        }
        return new TarEntry(
                current,
                header.link(),
                type,
                entry.getRealSize(),
                entry.isSparse(),
                entry.getMode() & 07777,
                id(entry.getLongUserId()),
                id(entry.getLongGroupId()),
                entry.getLastModifiedTime(),
                header.attributes());
    }

    private static long id(long id) {
        if (id < 0 || id > HIGHEST_ID) {
            throw new Refused("a user or group id of " + id);
        }
        return id;
    }

    /** The raw name of the entry read last, empty at the start. */
    String current() {
        return current;
    }

    /** The content of the entry read last. */
    InputStream content() {
        return tar;
    }

    @Override
    public void close() throws IOException {
        tar.close();
    }
}
