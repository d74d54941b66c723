package profgen.diff;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import profgen.capability.Capability;
import profgen.capability.CapabilitySet;
import profgen.profile.Condition;
import profgen.profile.Rule;
import profgen.syscall.KernelVersion;

/** What the rules for one call ask of a host, in both profiles. */
final class Gate {
    /** More than any known profile asks for about one call; they have 256 subsets. */
    private static final int MOST_CAPABILITIES = 8;

    private final Set<Capability> capabilities = EnumSet.noneOf(Capability.class);
    private final SortedSet<KernelVersion> kernels = new TreeSet<>();
    private final Set<Sides> rules = new LinkedHashSet<>();

    /** The capabilities with which a rule is kept. */
    private record Sides(Set<Capability> included, Set<Capability> excluded) {}

    void add(Rule rule) {
        Sides sides = new Sides(capabilities(rule.includes()), capabilities(rule.excludes()));
        capabilities.addAll(sides.included());
        capabilities.addAll(sides.excluded());
        rules.add(sides);
        KernelVersion from = rule.includes().minKernel();
        KernelVersion before = rule.excludes().minKernel();
        if (from != null) {
            kernels.add(from);
        }
        if (before != null) {
            kernels.add(before);
        }
    }

    /** Unknown names are left out: no host has them. */
    static Set<Capability> capabilities(Condition condition) {
        return condition.caps().stream()
                .flatMap(
                        text -> Capability.byName(text).filter(one -> one.name().equals(text)).stream())
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Capability.class)));
    }

    SortedSet<KernelVersion> kernels() {
        return kernels;
    }

    /** {@link #boundings} are not all. */
    boolean isTooWide() {
        return capabilities.size() > MOST_CAPABILITIES;
    }

    /** The host's bounding set with every combination of the capabilities; if they are too many, with what each rule needs to be kept. */
    Set<CapabilitySet> boundings(CapabilitySet own) {
        Set<CapabilitySet> boundings = new LinkedHashSet<>();
        boundings.add(own);
        if (isTooWide()) {
            rules.forEach(rule -> boundings.add(kept(rule, own)));
            return boundings;
        }
        for (Capability capability : capabilities) {
            for (CapabilitySet others : new ArrayList<>(boundings)) {
                boundings.add(others.contains(capability) ? others.without(capability) : others.with(capability));
            }
        }
        return boundings;
    }

    private static CapabilitySet kept(Sides rule, CapabilitySet own) {
        Set<Capability> set = new TreeSet<>(own.asSet());
        set.addAll(rule.included());
        set.removeAll(rule.excluded());
        return CapabilitySet.of(set);
    }
}
