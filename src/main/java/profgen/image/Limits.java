package profgen.image;

/**
 * How much an image may unpack to; what is more is refused before it is written.
 *
 * @param bytes of all layers together after decompression, files that later layers delete included
 * @param fileBytes of one file, holes included
 * @param entries of all layers together
 * @param layers of one image
 */
public record Limits(long bytes, long fileBytes, int entries, int layers) {
    /** 8 GiB, 4 GiB for a file, 500,000 entries, 512 layers. */
    public static final Limits DEFAULT = new Limits(8L << 30, 4L << 30, 500_000, 512);

    public Limits {
        if (bytes < 1 || fileBytes < 1 || entries < 1 || layers < 1) {
            throw new IllegalArgumentException("limits begin at 1");
        }
    }

    public Limits withBytes(long most) {
        return new Limits(most, fileBytes, entries, layers);
    }

    public Limits withFileBytes(long most) {
        return new Limits(bytes, most, entries, layers);
    }

    public Limits withEntries(int most) {
        return new Limits(bytes, fileBytes, most, layers);
    }

    public Limits withLayers(int most) {
        return new Limits(bytes, fileBytes, entries, most);
    }
}
