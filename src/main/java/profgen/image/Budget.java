package profgen.image;

import java.util.Collection;

/** What is left of the limits while one image is read. */
final class Budget {
    /** Bytes of folders' extended attributes, which stay in memory until the end. */
    private static final long HELD = 64L << 20;

    private final Limits limits;
    private long bytes;
    private long held;
    private int entries;

    Budget(Limits limits) {
        this.limits = limits;
    }

    void entry() {
        if (++entries > limits.entries()) {
            throw new Refused("more than " + limits.entries() + " entries, which is the limit");
        }
    }

    /** Before anything of a file is read. */
    void announce(long size) {
        if (size > limits.fileBytes()) {
            throw new Refused("a file of " + size + " bytes; the limit for one file is " + limits.fileBytes());
        }
        if (size > limits.bytes() - bytes) {
            throw overflow();
        }
    }

    void spend(long count) {
        bytes += count;
        if (bytes > limits.bytes()) {
            throw overflow();
        }
    }

    void hold(Collection<byte[]> values) {
        for (byte[] value : values) {
            held += value.length;
        }
        if (held > HELD) {
            throw new Refused("more than " + HELD + " bytes of extended attributes of folders");
        }
    }

    private Refused overflow() {
        return new Refused("more than " + limits.bytes() + " bytes unpacked, which is the limit");
    }
}
