package profgen.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Builds a tar, also one that nobody should write. */
final class Tar {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final TarArchiveOutputStream out;

    Tar() {
        this("ISO-8859-1");
    }

    /** @param encoding of names that are not in extended headers */
    Tar(String encoding) {
        out = new TarArchiveOutputStream(bytes, encoding);
        out.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        out.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
    }

    Tar file(String name, String content) {
        return file(name, content, 0644);
    }

    Tar file(String name, String content, int mode) {
        TarArchiveEntry entry = entry(name, TarConstants.LF_NORMAL);
        entry.setMode(mode);
        return put(entry, content.getBytes(StandardCharsets.UTF_8));
    }

    Tar folder(String name) {
        return folder(name, 0755);
    }

    Tar folder(String name, int mode) {
        TarArchiveEntry entry = entry(name + "/", TarConstants.LF_DIR);
        entry.setMode(mode);
        return put(entry, new byte[0]);
    }

    Tar symlink(String name, String target) {
        return special(name, TarConstants.LF_SYMLINK, target);
    }

    Tar hardLink(String name, String target) {
        return special(name, TarConstants.LF_LINK, target);
    }

    /** @param type as in a header's type flag */
    Tar special(String name, byte type, String target) {
        TarArchiveEntry entry = entry(name, type);
        entry.setLinkName(target);
        return put(entry, new byte[0]);
    }

    static TarArchiveEntry entry(String name, byte type) {
        TarArchiveEntry entry = new TarArchiveEntry(name, type, true);
        entry.setModTime(1_700_000_000_000L);
        return entry;
    }

    Tar put(TarArchiveEntry entry, byte[] content) {
        try {
            entry.setSize(content.length);
            out.putArchiveEntry(entry);
            out.write(content);
            out.closeArchiveEntry();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    byte[] bytes() {
        try {
            out.finish();
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
