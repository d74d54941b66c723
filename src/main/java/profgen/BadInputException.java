package profgen;

import org.jspecify.annotations.Nullable;

/** A file or a value that the user gave cannot be used; mending it helps. Exit status 3. */
public final class BadInputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final @Nullable String hint;

    /** The message reads {@code <object>: <problem>}, e.g. {@code numactl.json: rule 4: minKernel "4.8.0": expected ...}. */
    public BadInputException(String message) {
        this(message, null);
    }

    public BadInputException(String message, @Nullable String hint) {
        super(message);
        this.hint = hint;
    }

    /** What the user can do, one line, or null. */
    public @Nullable String hint() {
        return hint;
    }
}
