package profgen.image;

/** What is left of the limits while one image is read. */
final class Budget {
    private final Limits limits;
    private long bytes;
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

    private Refused overflow() {
        return new Refused("more than " + limits.bytes() + " bytes unpacked, which is the limit");
    }
}
