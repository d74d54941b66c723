package profgen.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** A part of an open file; several may be read at the same time. */
final class SliceStream extends InputStream {
    private final FileChannel file;
    private final long end;
    private long at;

    SliceStream(FileChannel file, long from, long length) {
        this.file = file;
        this.at = from;
        this.end = from + length;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        if (at >= end) {
            return -1;
        }
        int most = (int) Math.min(length, end - at);
        int got = file.read(ByteBuffer.wrap(bytes, from, most), at);
        if (got > 0) {
            at += got;
        }
        return got;
    }

    /** Never beyond the end, as FileInputStream would: what was cut off is noticed. */
    @Override
    public long skip(long count) {
        long skipped = Math.max(0, Math.min(count, end - at));
        at += skipped;
        return skipped;
    }

    @Override
    public int available() {
        return (int) Math.min(Integer.MAX_VALUE, end - at);
    }

    long position() {
        return at;
    }
}
