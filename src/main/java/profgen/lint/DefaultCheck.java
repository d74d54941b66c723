package profgen.lint;

import java.util.List;
import java.util.function.Consumer;
import profgen.filter.Filter;
import profgen.filter.Outcome;
import profgen.profile.Rule;

/** Rules that say what the default says, as each of the engines takes both. */
final class DefaultCheck implements HostCheck {
    @Override
    public void examine(Subject subject, List<Filter> filters, Consumer<Finding> findings) {
        List<Rule> rules = subject.profile().syscalls();
        for (int i = 0; i < rules.size(); i++) {
            Outcome outcome = Outcome.of(rules.get(i).action(), rules.get(i).errnoRet());
            if (filters.stream().allMatch(filter -> filter.defaultOutcome().equals(outcome))) {
                findings.accept(Finding.of(
                        LintRule.SAME_AS_DEFAULT, "syscalls[" + i + "]", "the rule says what the default action says"));
            }
        }
    }
}
