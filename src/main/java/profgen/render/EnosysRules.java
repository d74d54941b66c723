package profgen.render;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import profgen.filter.DroppedRule;
import profgen.filter.Filter;
import profgen.filter.Outcome;
import profgen.profile.Action;
import profgen.profile.Condition;
import profgen.profile.Rule;
import profgen.syscall.Abi;
import profgen.syscall.SyscallTable;

/**
 * runc's ENOSYS above the highest number that a profile names, in rules: for a consumer whose runtime has no such answer. A rule
 * names a call for all ABIs: where they disagree the native one is right, and the others deny the call too.
 */
final class EnosysRules {
    private final Filter policy;
    private final Map<String, Set<String>> byGates = new TreeMap<>();

    private EnosysRules(Filter policy) {
        this.policy = policy;
    }

    static Set<String> names(Filter policy) {
        Set<String> names = new TreeSet<>();
        if (policy.isUnconfined() || policy.defaultOutcome().equals(Outcome.errno(Outcome.ENOSYS))) {
            return names;
        }
        for (Abi abi : policy.abis()) {
            names.addAll(SyscallTable.of(abi).names().values());
        }
        names.removeIf(name -> !isAbove(policy, name));
        return names;
    }

    /** The native ABI decides; the others for calls that it does not have. */
    private static boolean isAbove(Filter policy, String name) {
        Abi own = policy.host().arch().nativeAbi();
        return SyscallTable.of(own).number(name).isPresent()
                ? isAbove(policy, own, name)
                : policy.abis().stream().allMatch(abi -> isAbove(policy, abi, name));
    }

    /** True also where the ABI has no such call. */
    private static boolean isAbove(Filter policy, Abi abi, String name) {
        OptionalInt number = SyscallTable.of(abi).number(name);
        OptionalInt last = policy.enosysAbove(abi);
        return number.isEmpty() || (last.isPresent() && number.getAsInt() > last.getAsInt());
    }

    /** For the policy's architecture only. Where a capability would bring in another rule for the name, that capability switches the ENOSYS off. */
    static List<Rule> rules(Filter policy) {
        EnosysRules grouped = new EnosysRules(policy);
        names(policy).forEach(grouped::add);
        return grouped.byGates.entrySet().stream()
                .map(group -> grouped.rule(group.getKey(), List.copyOf(group.getValue())))
                .toList();
    }

    private void add(String name) {
        Set<String> missing = capabilities(name, DroppedRule.Cause.MISSING_CAPABILITY);
        Set<String> excluded = capabilities(name, DroppedRule.Cause.EXCLUDED_CAPABILITY);
        String key = String.join(",", missing) + ";" + String.join(",", excluded);
        byGates.computeIfAbsent(key, none -> new TreeSet<>()).add(name);
    }

    private Set<String> capabilities(String name, DroppedRule.Cause cause) {
        Set<String> found = new TreeSet<>();
        policy.dropped().stream()
                .filter(rule -> rule.cause() == cause && rule.names().contains(name))
                .forEach(rule -> found.add(rule.detail()));
        return found;
    }

    private Rule rule(String gates, List<String> names) {
        int middle = gates.indexOf(';');
        List<String> excluded = list(gates.substring(middle + 1));
        List<String> missing = list(gates.substring(0, middle));
        return new Rule(
                names,
                Action.ERRNO,
                Outcome.ENOSYS,
                List.of(),
                new Condition(excluded, policy.host().arch().conditionNames(), null),
                missing.isEmpty() ? Condition.NONE : new Condition(missing, List.of(), null),
                "newer than any call named here: as runc answers");
    }

    private static List<String> list(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(",", -1));
    }
}
