package profgen.filter;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Who reads a profile file. The kinds differ in the fields that they honour and in the runtime that loads the filter. */
public enum EngineKind {
    DOCKER("docker", true, true, true),
    PODMAN("podman", true, false, false),
    CRIO("crio", true, false, false),
    /** Reads the OCI fields only: a conditional rule always applies. So do the two runtimes, when they are given the file itself. */
    CONTAINERD("containerd", false, false, true),
    RUNC("runc", false, false, true),
    CRUN("crun", false, false, false);

    private final String label;
    private final boolean conditions;
    private final boolean minKernel;
    private final boolean runc;

    EngineKind(String label, boolean conditions, boolean minKernel, boolean runc) {
        this.label = label;
        this.conditions = conditions;
        this.minKernel = minKernel;
        this.runc = runc;
    }

    /** As in options: docker, podman, crio, containerd, runc, crun. */
    public String label() {
        return label;
    }

    /** Honours {@code includes}, {@code excludes} and {@code archMap}. */
    public boolean readsConditions() {
        return conditions;
    }

    /** Honours {@code minKernel}; an engine that does not takes the rule on every kernel. */
    public boolean readsMinKernel() {
        return minKernel;
    }

    /** Prefers the names {@code errno} and {@code defaultErrno} to the numbers beside them. */
    public boolean readsErrnoNames() {
        return this == PODMAN || this == CRIO;
    }

    /** Its usual runtime is runc (else crun), which answers ENOSYS above the highest number that a profile names. */
    public boolean usesRunc() {
        return runc;
    }

    public static Optional<EngineKind> byLabel(String label) {
        String lower = label.toLowerCase(Locale.ROOT);
        return Arrays.stream(values()).filter(kind -> kind.label.equals(lower)).findFirst();
    }
}
