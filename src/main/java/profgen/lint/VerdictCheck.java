package profgen.lint;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.function.Consumer;
import profgen.filter.Filter;
import profgen.filter.Outcome;
import profgen.profile.EnosysCalls;
import profgen.syscall.Abi;
import profgen.syscall.SyscallTable;

/** What calls that every program or library makes are answered, with Docker's own capabilities. */
final class VerdictCheck implements HostCheck {
    private static final List<String> NEEDED = List.of("exit", "exit_group", "rt_sigreturn");

    @Override
    public void examine(Subject subject, List<Filter> filters, Consumer<Finding> findings) {
        TreeSet<String> denied = new TreeSet<>();
        TreeSet<String> probes = new TreeSet<>();
        for (Filter filter : filters) {
            NEEDED.stream()
                    .filter(name ->
                            outcome(filter, name).filter(o -> !o.allows()).isPresent())
                    .forEach(denied::add);
            EnosysCalls.names().stream()
                    .filter(name -> outcome(filter, name)
                            .filter(o -> !o.allows() && !o.equals(Outcome.errno(Outcome.ENOSYS)))
                            .isPresent())
                    .forEach(probes::add);
        }
        probes.remove("clone3");
        denied.forEach(name -> findings.accept(Finding.of(LintRule.EXIT_DENIED, "", name + " is denied")));
        if (!probes.isEmpty()) {
            findings.accept(Finding.of(LintRule.PROBE_DENIED, "", "not with ENOSYS: " + String.join(", ", probes)));
        }
    }

    /** Without arguments; empty if the host's native ABI has no such call. */
    static Optional<Outcome> outcome(Filter filter, String name) {
        Abi abi = filter.host().arch().nativeAbi();
        OptionalInt number = SyscallTable.of(abi).number(name);
        return number.isEmpty() ? Optional.empty() : Optional.of(filter.outcome(abi, number.getAsInt()));
    }
}
