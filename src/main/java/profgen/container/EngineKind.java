package profgen.container;

import java.util.Locale;

/** Where a workload runs while it is recorded. */
public enum EngineKind {
    /** The sandbox, and the host where this machine forbids it; with an image the first engine that works and has it. */
    AUTO,
    /** The built-in container. */
    SANDBOX,
    /** No container: the workload as the caller would run it. */
    HOST,
    DOCKER,
    PODMAN,
    /** An OCI runtime on its own, without an engine above it. */
    RUNC,
    CRUN;

    /** As in options and recordings. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether another program makes the container. */
    public boolean isForeign() {
        return this == DOCKER || this == PODMAN || isRuntime();
    }

    /** Whether that program knows bundles only, neither images nor networks. */
    public boolean isRuntime() {
        return this == RUNC || this == CRUN;
    }
}
