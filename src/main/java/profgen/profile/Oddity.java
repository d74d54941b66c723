package profgen.profile;

/**
 * Something in a profile's text that an engine overlooks in silence, or refuses although its meaning is clear.
 *
 * @param path where, as {@code syscalls[4].includes}; empty for the whole file
 * @param key the key as written; empty for a comment
 * @param problem in words, for a person: {@code unknown key "minkernels": expected one of ...}
 * @param line from 1, where there is no path; else 0
 */
public record Oddity(Kind kind, String path, String key, String problem, int line) {
    /** What an engine does: UNKNOWN_KEY is ignored, of a DUPLICATE_KEY the last one counts, KEY_CASE is accepted, the others say it themselves. */
    public enum Kind {
        UNKNOWN_KEY,
        DUPLICATE_KEY,
        /** Right but for upper and lower case, which engines written in Go accept. */
        KEY_CASE,
        /** An error by name without its number, which only Podman understands: the others answer EPERM. */
        PODMAN_KEY,
        /** A comment in the text: engines refuse such a file. */
        COMMENT,
        /** archMap and architectures together: engines refuse such a file. */
        ARCHITECTURES_TWICE
    }

    Oddity(Kind kind, String path, String key, String problem) {
        this(kind, path, key, problem, 0);
    }
}
