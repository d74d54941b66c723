package profgen.generate;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import profgen.profile.RuntimeFloor;
import profgen.syscall.Arch;
import profgen.syscall.KernelVersion;

/** Builds a policy for a test. */
final class Policies {
    Policy.Gates gates = Policy.Gates.DOCKER;
    Set<RuntimeFloor> floors = EnumSet.noneOf(RuntimeFloor.class);
    boolean noNewPrivileges;
    boolean implicit;
    Policy.DefaultAction defaultAction = Policy.DefaultAction.ERRNO;

    @Nullable
    KernelVersion kernel;

    final SortedSet<Arch> arches = new TreeSet<>();
    final SortedMap<String, String> allow = new TreeMap<>();
    final SortedMap<String, String> deny = new TreeMap<>();
    final SortedMap<String, String> allowBeyond = new TreeMap<>();

    /** No floor and nothing implicit: the profile shows what was seen only. */
    static Policies bare() {
        return new Policies();
    }

    Policies floors(RuntimeFloor... wanted) {
        floors.addAll(List.of(wanted));
        return this;
    }

    Policies arches(Arch... wanted) {
        arches.addAll(List.of(wanted));
        return this;
    }

    Policies observed() {
        gates = Policy.Gates.OBSERVED;
        return this;
    }

    Policies kernel(int kernelVersion, int major) {
        kernel = new KernelVersion(kernelVersion, major);
        return this;
    }

    Policies defaultAction(Policy.DefaultAction action) {
        defaultAction = action;
        return this;
    }

    Policies allow(String name, String reason) {
        allow.put(name, reason);
        return this;
    }

    Policies deny(String name, String reason) {
        deny.put(name, reason);
        return this;
    }

    Policies allowBeyond(String name, String reason) {
        allowBeyond.put(name, reason);
        return this;
    }

    Policy policy() {
        return new Policy(
                gates, floors, noNewPrivileges, implicit, defaultAction, kernel, arches, allow, deny, allowBeyond);
    }
}
