package profgen.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** Keeps what is read while a header is read, and bounds it: a name or an attribute of a gigabyte would be held in memory. */
final class HeaderTap extends InputStream {
    private static final int MAX_HEADER = 1 << 20;

    private final InputStream in;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private boolean keeping;
    private long position;
    private long keptFrom;

    HeaderTap(InputStream in) {
        this.in = in;
    }

    void keep() {
        kept.reset();
        keptFrom = position;
        keeping = true;
    }

    /** What was read since {@link #keep}, from the first whole block on. */
    byte[] kept() {
        keeping = false;
        byte[] all = kept.toByteArray();
        int padding = (int) Math.min(all.length, (RawHeader.BLOCK - keptFrom % RawHeader.BLOCK) % RawHeader.BLOCK);
        return java.util.Arrays.copyOfRange(all, padding, all.length);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        int got = in.read(bytes, from, length);
        if (got > 0) {
            position += got;
            if (keeping) {
                keep(bytes, from, got);
            }
        }
        return got;
    }

    private void keep(byte[] bytes, int from, int got) {
        kept.write(bytes, from, got);
        if (kept.size() > MAX_HEADER) {
            throw new Refused("a header of more than " + MAX_HEADER + " bytes");
        }
    }

    @Override
    public long skip(long count) throws IOException {
        if (keeping) {
            return Math.max(0, read(new byte[(int) Math.min(count, RawHeader.BLOCK)]));
        }
        long skipped = in.skip(count);
        position += skipped;
        return skipped;
    }

    @Override
    public int available() throws IOException {
        return in.available();
    }
}
