package profgen.lint;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import profgen.capability.Capability;
import profgen.capability.CapabilitySet;
import profgen.filter.Host;
import profgen.profile.Condition;
import profgen.profile.Profile;
import profgen.profile.Rule;
import profgen.syscall.KernelVersion;

/** Hosts on which a profile's rules meet differently: every kernel that it names, and the capabilities of every condition. */
final class OverlapHosts {
    private static final KernelVersion OLDEST = new KernelVersion(0, 0);
    private static final KernelVersion NEWEST = new KernelVersion(999, 0);

    private final List<Host> engines;
    private final Set<KernelVersion> kernels = new TreeSet<>(List.of(OLDEST, NEWEST));
    private final Set<CapabilitySet> bounding =
            new LinkedHashSet<>(List.of(CapabilitySet.NONE, CapabilitySet.DOCKER_DEFAULT, CapabilitySet.ALL));

    OverlapHosts(Profile profile, Scope scope) {
        this.engines = scope.hosts();
        for (Rule rule : profile.syscalls()) {
            for (Condition condition : List.of(rule.includes(), rule.excludes())) {
                KernelVersion from = condition.minKernel();
                if (from != null) {
                    kernels.add(from);
                }
                if (!condition.caps().isEmpty()) {
                    bounding.add(set(condition.caps()));
                }
            }
            if (!rule.excludes().caps().isEmpty()) {
                bounding.add(without(CapabilitySet.ALL, rule.excludes().caps()));
                bounding.add(
                        without(CapabilitySet.DOCKER_DEFAULT, rule.excludes().caps()));
            }
        }
    }

    /** How many there are; a large file can have millions. */
    long count() {
        return (long) engines.size() * kernels.size() * bounding.size();
    }

    List<Host> all() {
        List<Host> hosts = new ArrayList<>();
        for (Host host : engines) {
            for (KernelVersion kernel : kernels) {
                bounding.forEach(set -> hosts.add(host.withKernel(kernel).withBounding(set)));
            }
        }
        return hosts;
    }

    private static CapabilitySet without(CapabilitySet all, List<String> names) {
        List<Capability> left = new ArrayList<>(all.asSet());
        left.removeAll(set(names).asSet());
        return CapabilitySet.of(left);
    }

    /** Unknown names are left out: no host has them. */
    private static CapabilitySet set(List<String> names) {
        List<Capability> known = new ArrayList<>();
        names.forEach(name -> Capability.byName(name).ifPresent(known::add));
        return CapabilitySet.of(known);
    }
}
