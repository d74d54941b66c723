package profgen.lint;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import profgen.filter.Filter;
import profgen.filter.FilterRule;
import profgen.filter.Multiplexed;
import profgen.filter.Outcome;
import profgen.syscall.Abi;

/** clone3, which a filter can only allow or deny, and i386's calls that carry others. */
final class CloneCheck implements HostCheck {
    @Override
    public void examine(Subject subject, List<Filter> filters, Consumer<Finding> findings) {
        for (Filter filter : filters) {
            clone3(filter, findings);
            if (filter.abis().contains(Abi.I386)) {
                carried(filter.rules(), findings);
            }
        }
    }

    private static void clone3(Filter filter, Consumer<Finding> findings) {
        Optional<Outcome> clone3 = VerdictCheck.outcome(filter, "clone3");
        if (clone3.isEmpty()) {
            return;
        }
        if (!clone3.get().allows()) {
            if (!clone3.get().equals(Outcome.errno(Outcome.ENOSYS))) {
                findings.accept(Finding.of(
                        LintRule.CLONE3_ERRNO,
                        "",
                        "clone3 is denied with " + clone3.get().inWords()));
            }
        } else if (isLimited("clone", filter.rules())) {
            findings.accept(Finding.of(LintRule.CLONE3_UNFILTERED, "", "clone3 is allowed"));
        }
    }

    private static boolean isLimited(String name, List<FilterRule> rules) {
        List<FilterRule> named =
                rules.stream().filter(rule -> rule.names().contains(name)).toList();
        return !named.isEmpty() && named.stream().noneMatch(rule -> rule.tests().isEmpty());
    }

    private static void carried(List<FilterRule> rules, Consumer<Finding> findings) {
        for (FilterRule rule : rules) {
            if (!rule.tests().isEmpty()) {
                rule.names().stream()
                        .filter(name -> Multiplexed.carrier(name).isPresent())
                        .forEach(name -> findings.accept(Finding.of(
                                LintRule.MULTIPLEXED,
                                "syscalls[" + rule.profileIndex() + "].args",
                                name + ": tests of its arguments, and i386 is opened")));
            }
        }
    }
}
