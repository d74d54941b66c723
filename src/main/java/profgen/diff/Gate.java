package profgen.diff;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import profgen.capability.Capability;
import profgen.capability.CapabilitySet;
import profgen.profile.Condition;
import profgen.profile.Rule;
import profgen.syscall.KernelVersion;

/** What rules ask of a host: those for one call in both profiles. */
final class Gate {
    /** More than any known profile asks for about one call; they have 256 subsets. */
    private static final int MOST_CAPABILITIES = 8;

    private final Set<Capability> capabilities = EnumSet.noneOf(Capability.class);
    private final SortedSet<KernelVersion> kernels = new TreeSet<>();
    private final Set<Sides> rules = new LinkedHashSet<>();

    /** The capabilities with which a rule is kept. */
    private record Sides(Set<Capability> included, Set<Capability> excluded) {}

    /** A rule has a condition that this is about. */
    static boolean asks(Rule rule) {
        return Stream.of(rule.includes(), rule.excludes())
                .anyMatch(condition ->
                        condition.minKernel() != null || !condition.caps().isEmpty());
    }

    void add(Condition includes, Condition excludes) {
        Sides sides = new Sides(capabilities(includes), capabilities(excludes));
        capabilities.addAll(sides.included());
        capabilities.addAll(sides.excluded());
        rules.add(sides);
        Stream.of(includes, excludes)
                .flatMap(condition -> Stream.ofNullable(condition.minKernel()))
                .forEach(kernel -> kernels.add(kernel));
    }

    /** What both ask. */
    Gate with(Gate other) {
        Gate both = new Gate();
        for (Gate one : List.of(this, other)) {
            both.capabilities.addAll(one.capabilities);
            both.kernels.addAll(one.kernels);
            both.rules.addAll(one.rules);
        }
        return both;
    }

    boolean isEmpty() {
        return capabilities.isEmpty() && kernels.isEmpty();
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
