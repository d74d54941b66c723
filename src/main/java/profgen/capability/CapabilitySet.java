package profgen.capability;

import static profgen.capability.Capability.*;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** An immutable set of capabilities, in the order of their numbers. */
public final class CapabilitySet implements Iterable<Capability> {
    public static final CapabilitySet NONE = of(List.of());
    public static final CapabilitySet ALL = of(EnumSet.allOf(Capability.class));
    /** The 14 that Docker leaves in a container's bounding set. */
    public static final CapabilitySet DOCKER_DEFAULT = of(EnumSet.of(
            CAP_CHOWN,
            CAP_DAC_OVERRIDE,
            CAP_FSETID,
            CAP_FOWNER,
            CAP_MKNOD,
            CAP_NET_RAW,
            CAP_SETGID,
            CAP_SETUID,
            CAP_SETFCAP,
            CAP_SETPCAP,
            CAP_NET_BIND_SERVICE,
            CAP_SYS_CHROOT,
            CAP_KILL,
            CAP_AUDIT_WRITE));

    private final Set<Capability> capabilities;

    private CapabilitySet(Set<Capability> capabilities) {
        this.capabilities = Collections.unmodifiableSet(capabilities);
    }

    public static CapabilitySet of(Collection<Capability> capabilities) {
        Set<Capability> copy = EnumSet.noneOf(Capability.class);
        copy.addAll(capabilities);
        return new CapabilitySet(copy);
    }

    /** From a mask as in /proc/PID/status; bits above the last known capability are dropped. */
    public static CapabilitySet fromMask(long mask) {
        Set<Capability> set = EnumSet.noneOf(Capability.class);
        for (Capability capability : Capability.values()) {
            if ((mask >>> capability.number() & 1) != 0) {
                set.add(capability);
            }
        }
        return new CapabilitySet(set);
    }

    public long mask() {
        long mask = 0;
        for (Capability capability : capabilities) {
            mask |= 1L << capability.number();
        }
        return mask;
    }

    public boolean contains(Capability capability) {
        return capabilities.contains(capability);
    }

    public boolean containsAll(CapabilitySet other) {
        return capabilities.containsAll(other.capabilities);
    }

    public CapabilitySet with(Capability capability) {
        Set<Capability> copy = new TreeSet<>(capabilities);
        copy.add(capability);
        return of(copy);
    }

    public CapabilitySet without(Capability capability) {
        Set<Capability> copy = new TreeSet<>(capabilities);
        copy.remove(capability);
        return of(copy);
    }

    public boolean isEmpty() {
        return capabilities.isEmpty();
    }

    public Set<Capability> asSet() {
        return capabilities;
    }

    /** Full names, CAP_ prefix, in the order of their numbers. */
    public List<String> names() {
        return capabilities.stream().map(Capability::name).toList();
    }

    @Override
    public Iterator<Capability> iterator() {
        return capabilities.iterator();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CapabilitySet set && set.capabilities.equals(capabilities);
    }

    @Override
    public int hashCode() {
        return capabilities.hashCode();
    }

    @Override
    public String toString() {
        return String.join(" ", names());
    }
}
