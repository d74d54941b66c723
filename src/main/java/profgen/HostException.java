package profgen;

import org.jspecify.annotations.Nullable;

/** This machine cannot do what was asked (a missing tool, right or kernel feature). Exit status 4. */
public final class HostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final @Nullable String hint;

    /** The message reads {@code <object>: <problem>}, e.g. {@code docker: ...}. */
    public HostException(String message) {
        this(message, null);
    }

    public HostException(String message, @Nullable String hint) {
        super(message);
        this.hint = hint;
    }

    /** What the user can do, one line, or null. */
    public @Nullable String hint() {
        return hint;
    }
}
