package profgen.generate;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import profgen.profile.ImplicitCall;
import profgen.profile.RuntimeFloor;
import profgen.recording.Phase;
import profgen.syscall.Arch;

/** Everything that a profile should allow: what was seen first, then what a recording cannot show, then what a policy asks for. */
final class Needs {
    static final String SEEN = "seen in the recording";
    static final String POLICY = "allowed by policy";

    private final Target target;
    private final SortedMap<String, Need> needs = new TreeMap<>();
    private final List<Generated.LeftOut> missing = new ArrayList<>();

    private Needs(Target target) {
        this.target = target;
    }

    static Needs of(SortedMap<String, Evidence> evidence, Policy policy, Target target) {
        Needs needs = new Needs(target);
        needs.addSeen(evidence.values());
        needs.addProjected(evidence.values());
        needs.addFloor(floors(evidence.values(), policy), policy.noNewPrivileges());
        if (policy.implicit()) {
            for (ImplicitCall call : ImplicitCall.besides(evidence.keySet())) {
                String comment = "implicit: " + call.kind().inWords();
                needs.add(call.name(), RuleBook.Group.IMPLICIT, comment, target.arches());
            }
        }
        needs.addPolicy(policy.allow(), POLICY);
        needs.addPolicy(policy.allowBeyond(), "allowed beyond Docker's default by policy");
        return needs;
    }

    SortedMap<String, Need> byName() {
        return Collections.unmodifiableSortedMap(needs);
    }

    /** What no architecture of the target has. */
    List<Generated.LeftOut> missing() {
        return missing;
    }

    private void addSeen(Collection<Evidence> all) {
        for (Evidence evidence : all) {
            SortedSet<Arch> arches = evidence.arches();
            arches.retainAll(target.arches());
            if (!arches.isEmpty()) {
                String comment = evidence.onlyPhase()
                        .map(phase -> SEEN + ", in phase " + phase.label() + " only")
                        .orElse(SEEN);
                put(new Need(evidence.name(), RuleBook.Group.SEEN, comment, arches, evidence, false));
            }
        }
    }

    /** For architectures of the target on which nothing was recorded. */
    private void addProjected(Collection<Evidence> all) {
        SortedSet<Arch> recorded =
                all.stream().flatMap(e -> e.arches().stream()).collect(Collectors.toCollection(TreeSet::new));
        for (Arch arch : target.arches()) {
            if (!recorded.contains(arch)) {
                Projection projection = new Projection(arch);
                // The calls that stay what they are first: of two reasons for a name, the first one is told.
                for (boolean same : List.of(true, false)) {
                    all.stream()
                            .filter(Evidence::isNative)
                            .forEach(evidence -> project(evidence, arch, projection, same));
                }
            }
        }
    }

    private void project(Evidence evidence, Arch arch, Projection projection, boolean same) {
        String recorded = evidence.name();
        SortedSet<String> becomes = projection.of(evidence);
        String seen = "seen on " + evidence.arches().first().unameMachine();
        if (same && becomes.isEmpty() && !projection.doesWithout(recorded)) {
            missing.add(new Generated.LeftOut(
                    recorded,
                    Generated.LeftOut.Kind.NOT_ON_ARCH,
                    seen + ", " + arch.unameMachine() + " has nothing like it",
                    ""));
        }
        String none = "no evidence on " + arch.unameMachine();
        for (String name : becomes) {
            if (name.equals(recorded) && same) {
                String comment = "taken over from what was " + seen + ", " + none;
                put(new Need(name, RuleBook.Group.PROJECTED, comment, one(arch), evidence, false));
            } else if (!name.equals(recorded) && !same) {
                String comment = "for another call " + seen + ", " + none + ": " + projection.reason(recorded);
                put(new Need(name, RuleBook.Group.PROJECTED, comment, one(arch), null, false));
            }
        }
    }

    /** Whoever executed commands in the container will do so again. */
    private static Set<RuntimeFloor> floors(Collection<Evidence> all, Policy policy) {
        Set<RuntimeFloor> floors = new TreeSet<>(policy.floors());
        if (floors.contains(RuntimeFloor.CRUN) && all.stream().anyMatch(one -> one.isSeenIn(Phase.EXEC))) {
            floors.add(RuntimeFloor.EXEC);
        }
        return floors;
    }

    private void addFloor(Set<RuntimeFloor> floors, boolean noNewPrivileges) {
        String comment = "needed by " + inWords(floors) + (noNewPrivileges ? " with no-new-privileges" : "")
                + "; not seen in the workload";
        for (String name : RuntimeFloor.names(floors, noNewPrivileges)) {
            add(name, RuleBook.Group.FLOOR, comment, target.arches());
        }
    }

    private static String inWords(Collection<RuntimeFloor> floors) {
        return floors.stream().map(RuntimeFloor::inWords).collect(Collectors.joining(", "));
    }

    private void addPolicy(Map<String, String> names, String comment) {
        names.forEach((name, reason) -> {
            if (target.having(name).isEmpty()) {
                String why = "asked for by policy, but no ABI of the profile has it";
                missing.add(new Generated.LeftOut(name, Generated.LeftOut.Kind.NOT_ON_ARCH, why, ""));
            }
            String text = reason.isEmpty() ? comment : comment + ": " + reason;
            Need need = new Need(name, RuleBook.Group.POLICY, text, target.having(name), null, true);
            put(need);
        });
    }

    private void add(String name, RuleBook.Group group, String comment, Collection<Arch> arches) {
        SortedSet<Arch> having = target.having(name);
        having.retainAll(arches);
        put(new Need(name, group, comment, having, null, false));
    }

    private void put(Need need) {
        if (!need.arches().isEmpty()) {
            needs.merge(need.name(), need, Need::and);
        }
    }

    private static SortedSet<Arch> one(Arch arch) {
        return new TreeSet<>(List.of(arch));
    }
}
