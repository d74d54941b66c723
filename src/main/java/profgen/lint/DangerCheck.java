package profgen.lint;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import profgen.filter.Filter;
import profgen.filter.FilterRule;
import profgen.filter.Host;
import profgen.filter.Outcome;
import profgen.profile.Profile;
import profgen.syscall.ResourceTable;

/** Calls of the table that are allowed without a test, to a container with Docker's own capabilities. */
final class DangerCheck implements HostCheck {
    private static final Map<String, String> TABLE = new TreeMap<>();

    static {
        ResourceTable.rows("lint/dangerous.tsv", 2).forEach(row -> TABLE.put(row.get(0), row.get(1)));
    }

    @Override
    public void examine(Subject subject, List<Filter> filters, Consumer<Finding> findings) {
        for (Filter filter : filters) {
            Map<String, List<FilterRule>> rules = rules(filter);
            TABLE.forEach((name, reason) -> {
                List<FilterRule> named = rules.getOrDefault(name, List.of());
                look(name + ": " + reason, named, subject.profile(), filter.host(), findings);
                if (named.isEmpty() && isAllowed(filter, name)) {
                    findings.accept(Finding.of(LintRule.DANGEROUS_CALL, "defaultAction", name + ": " + reason));
                }
            });
        }
    }

    /** By name, of the table's calls only. */
    private static Map<String, List<FilterRule>> rules(Filter filter) {
        Map<String, List<FilterRule>> rules = new HashMap<>();
        for (FilterRule rule : filter.rules()) {
            rule.names().stream()
                    .filter(TABLE::containsKey)
                    .forEach(name -> rules.computeIfAbsent(name, key -> new ArrayList<>())
                            .add(rule));
        }
        return rules;
    }

    private static boolean isAllowed(Filter filter, String name) {
        return VerdictCheck.outcome(filter, name).filter(Outcome::allows).isPresent();
    }

    private static void look(
            String message, List<FilterRule> rules, Profile profile, Host host, Consumer<Finding> findings) {
        rules.stream()
                .filter(rule -> rule.tests().isEmpty())
                .findFirst()
                .filter(rule -> rule.outcome().allows() && !isGated(rule, profile, host))
                .ifPresent(rule -> findings.accept(
                        Finding.of(LintRule.DANGEROUS_CALL, "syscalls[" + rule.profileIndex() + "]", message)));
    }

    private static boolean isGated(FilterRule rule, Profile profile, Host host) {
        return host.engine().kind().readsConditions()
                && !profile.syscalls()
                        .get(rule.profileIndex())
                        .includes()
                        .caps()
                        .isEmpty();
    }
}
