package profgen.generate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import profgen.capability.Capability;
import profgen.capability.CapabilitySet;
import profgen.profile.KernelSuffices;
import profgen.profile.Rule;

/** What a gate by capability means for a name that is needed. */
final class Gating {
    private Gating() {}

    /** Empty if some rule asks for no capability; rules that the target's kernel is too old for do not count. */
    static Optional<Generated.Gate> of(Need need, List<Rule> rules, Target target) {
        List<CapabilitySet> alternatives = new ArrayList<>();
        for (Rule rule : rules) {
            if (target.kernel() != null && !DockerRules.isReached(rule, target.kernel())) {
                continue;
            }
            if (rule.includes().caps().isEmpty()) {
                return Optional.empty();
            }
            alternatives.add(capabilities(rule.includes().caps()));
        }
        return alternatives.isEmpty()
                ? Optional.empty()
                : Optional.of(gate(need.name(), alternatives, need.evidence()));
    }

    static Generated.Gate gate(String name, List<CapabilitySet> alternatives, @Nullable Evidence evidence) {
        Optional<KernelSuffices> reviewed =
                KernelSuffices.of(name).filter(row -> alternatives.stream().allMatch(set -> set.contains(row.gate())));
        return new Generated.Gate(
                name,
                alternatives,
                opener(alternatives, evidence),
                evidence != null && !evidence.alwaysRefused(),
                reviewed.isPresent(),
                reviewed.isPresent() && evidence != null && evidence.succeededWithout(alternatives));
    }

    /** What the recording had shows what worked; CAP_SYS_ADMIN is the last choice. */
    private static Capability opener(List<CapabilitySet> alternatives, @Nullable Evidence evidence) {
        List<CapabilitySet> narrow = alternatives.stream()
                .filter(set -> !set.contains(Capability.CAP_SYS_ADMIN))
                .toList();
        List<CapabilitySet> ordered = new ArrayList<>(narrow);
        ordered.addAll(alternatives);
        CapabilitySet chosen = ordered.stream()
                .filter(set -> evidence != null && evidence.opened(set))
                .findFirst()
                .orElse(ordered.get(0));
        return chosen.iterator().next();
    }

    private static CapabilitySet capabilities(List<String> names) {
        return CapabilitySet.of(
                names.stream().flatMap(name -> Capability.byName(name).stream()).toList());
    }
}
