package profgen.container;

import java.util.Locale;

/** Where a workload runs while it is recorded. */
public enum EngineKind {
    /** The sandbox, and the host where this machine forbids it. */
    AUTO,
    /** The built-in container. */
    SANDBOX,
    /** No container: the workload as the caller would run it. */
    HOST;

    /** As in options and recordings. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
