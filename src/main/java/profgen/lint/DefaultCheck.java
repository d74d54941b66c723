package profgen.lint;

import java.util.List;
import java.util.function.Consumer;
import profgen.filter.Filter;
import profgen.filter.Outcome;
import profgen.profile.ErrnoNames;
import profgen.profile.Rule;

/** Rules that say what the default says, as each of the engines takes both. */
final class DefaultCheck implements HostCheck {
    @Override
    public void examine(Subject subject, List<Filter> filters, Consumer<Finding> findings) {
        List<Rule> rules = subject.profile().syscalls();
        for (int i = 0; i < rules.size(); i++) {
            Rule rule = rules.get(i);
            if (filters.stream().allMatch(filter -> saysTheSame(rule, filter))) {
                findings.accept(Finding.of(
                        LintRule.SAME_AS_DEFAULT, "syscalls[" + i + "]", "the rule says what the default action says"));
            }
        }
    }

    private static boolean saysTheSame(Rule rule, Filter filter) {
        Rule read = filter.host().engine().kind().readsErrnoNames() ? ErrnoNames.numbered(rule) : rule;
        return filter.defaultOutcome().equals(Outcome.of(read.action(), read.errnoRet()));
    }
}
