package profgen.lint;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import profgen.filter.EngineKind;
import profgen.profile.Action;
import profgen.profile.Profile;
import profgen.profile.Rule;

/** Conditions that an engine does not read. */
final class GateCheck implements Check {
    private static final int SHOWN_RULES = 8;

    @Override
    public void examine(Subject subject, Scope scope, Consumer<Finding> findings) {
        Profile profile = subject.profile();
        List<Integer> gated = rules(profile, GateCheck::isGated);
        Predicate<EngineKind> blind = kind -> !kind.readsConditions();
        if (scope.has(blind) && !(gated.isEmpty() && profile.archMap().isEmpty())) {
            findings.accept(Finding.of(LintRule.GATES_IGNORED, "", gates(profile, gated))
                    .atLeast(scope.about(blind)));
        }
        List<Integer> byKernel = rules(
                profile,
                rule -> rule.includes().minKernel() != null || rule.excludes().minKernel() != null);
        Predicate<EngineKind> everyKernel = kind -> kind.readsConditions() && !kind.readsMinKernel();
        if (scope.has(everyKernel) && !byKernel.isEmpty()) {
            findings.accept(Finding.of(
                            LintRule.MIN_KERNEL_IGNORED,
                            path(byKernel, ".includes.minKernel"),
                            "minKernel of " + inWords(byKernel))
                    .atLeast(scope.about(everyKernel)));
        }
    }

    static boolean isGated(Rule rule) {
        return !rule.includes().isEmpty() || !rule.excludes().isEmpty();
    }

    private static String gates(Profile profile, List<Integer> gated) {
        if (gated.isEmpty()) {
            return "archMap is not read by every engine";
        }
        Set<String> always = new TreeSet<>();
        Set<String> sometimes = new TreeSet<>();
        for (Rule rule : profile.syscalls()) {
            if (rule.action() == Action.ALLOW) {
                (isGated(rule) ? sometimes : always).addAll(rule.names());
            }
        }
        sometimes.removeAll(always);
        String more = sometimes.isEmpty() ? "" : ": allowed there without a condition: " + sometimes.size() + " more";
        return "conditions of " + inWords(gated) + " are not read by every engine" + more;
    }

    private static List<Integer> rules(Profile profile, Predicate<Rule> which) {
        List<Rule> rules = profile.syscalls();
        return IntStream.range(0, rules.size())
                .filter(i -> which.test(rules.get(i)))
                .boxed()
                .toList();
    }

    private static String path(List<Integer> rules, String key) {
        return rules.size() == 1 ? "syscalls[" + rules.get(0) + "]" + key : "";
    }

    private static String inWords(List<Integer> rules) {
        String list = rules.stream().limit(SHOWN_RULES).map(String::valueOf).collect(Collectors.joining(", "));
        return (rules.size() == 1 ? "rule " : "rules ") + list + (rules.size() > SHOWN_RULES ? ", ..." : "");
    }
}
