package profgen;

import org.jspecify.annotations.Nullable;

/** The recording is not complete, so that what was asked would rest on a gap. Exit status 5. */
public final class RecordingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final @Nullable String hint;

    /** The message reads {@code <object>: <problem>}, e.g. {@code docker: ...}. */
    public RecordingException(String message) {
        this(message, null);
    }

    public RecordingException(String message, @Nullable String hint) {
        super(message);
        this.hint = hint;
    }

    /** What the user can do, one line, or null. */
    public @Nullable String hint() {
        return hint;
    }
}
