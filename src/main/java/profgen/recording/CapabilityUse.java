package profgen.recording;

import java.util.Comparator;
import profgen.capability.Capability;

/**
 * The kernel asked whether an executable has a capability, and was told so or not.
 *
 * @param call in which it asked
 * @param executable its path
 */
public record CapabilityUse(Capability capability, boolean granted, CallId call, String executable)
        implements Comparable<CapabilityUse> {
    private static final Comparator<CapabilityUse> ORDER = Comparator.comparing(CapabilityUse::capability)
            .thenComparing(CapabilityUse::granted, Comparator.reverseOrder())
            .thenComparing(CapabilityUse::call)
            .thenComparing(CapabilityUse::executable);

    @Override
    public int compareTo(CapabilityUse other) {
        return ORDER.compare(this, other);
    }
}
