package profgen.container;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Which filter a container gets.
 *
 * @param file a profile as the engine reads it: Docker's form for docker and podman, the resolved OCI form for runc and crun
 */
public record Seccomp(Kind kind, @Nullable Path file) {
    public static final Seccomp UNCONFINED = new Seccomp(Kind.UNCONFINED, null);
    /** What the engine takes by itself; a runtime without an engine has none. */
    public static final Seccomp DEFAULT = new Seccomp(Kind.DEFAULT, null);

    /** Where the filter comes from. */
    public enum Kind {
        UNCONFINED,
        DEFAULT,
        FILE
    }

    public Seccomp {
        if ((kind == Kind.FILE) != (file != null)) {
            throw new IllegalArgumentException("a file belongs to the kind FILE, and to no other");
        }
    }

    public static Seccomp of(Path file) {
        return new Seccomp(Kind.FILE, file);
    }
}
