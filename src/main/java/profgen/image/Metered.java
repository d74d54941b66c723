package profgen.image;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.function.LongConsumer;

/** Counts and sums up what goes through. Skipping is reading. */
final class Metered extends FilterInputStream {
    private final MessageDigest sum = Digest.sha256();
    private final LongConsumer meter;
    private long count;

    /** @param meter gets the length of each piece, and may throw */
    Metered(InputStream in, LongConsumer meter) {
        super(in);
        this.meter = meter;
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
            count += got;
            sum.update(bytes, from, got);
            meter.accept(got);
        }
        return got;
    }

    @Override
    public long skip(long wanted) throws IOException {
        byte[] bytes = new byte[(int) Math.min(1 << 14, Math.max(1, wanted))];
        long skipped = 0;
        while (skipped < wanted) {
            int got = read(bytes, 0, (int) Math.min(bytes.length, wanted - skipped));
            if (got < 0) {
                break;
            }
            skipped += got;
        }
        return skipped;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    /** Reads to the end. */
    Metered drained() throws IOException {
        long skipped;
        do {
            skipped = skip(1 << 20);
        } while (skipped > 0);
        return this;
    }

    long count() {
        return count;
    }

    /** Of all so far; once. */
    Digest digest() {
        return Digest.of(sum);
    }
}
