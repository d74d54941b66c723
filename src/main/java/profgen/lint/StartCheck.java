package profgen.lint;

import java.util.List;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import profgen.filter.Filter;
import profgen.filter.Outcome;
import profgen.filter.Regions;
import profgen.profile.RuntimeFloor;
import profgen.syscall.Abi;
import profgen.syscall.SyscallTable;

/** What a container's runtime does under the filter before the command: a start fails if any of it is denied. */
final class StartCheck implements HostCheck {
    private static final String EXECVE = "execve";

    @Override
    public void examine(Subject subject, List<Filter> filters, Consumer<Finding> findings) {
        for (Filter filter : filters) {
            if (isDenied(filter, EXECVE)) {
                findings.accept(Finding.of(LintRule.EXECVE_DENIED, "", "execve is denied"));
                return;
            }
        }
        filters.forEach(filter -> start(filter, findings));
    }

    private static void start(Filter filter, Consumer<Finding> findings) {
        boolean crun = !filter.host().engine().kind().usesRunc();
        RuntimeFloor.needed(crun, false).forEach((runtime, names) -> {
            SortedSet<String> always =
                    denied(filter, RuntimeFloor.needed(crun, true).getOrDefault(runtime, new TreeSet<>()));
            SortedSet<String> before = denied(filter, names);
            if (!always.isEmpty()) {
                findings.accept(Finding.of(
                        LintRule.START_DENIED, "", runtime + " does not start a container: " + words(always)));
            } else if (!before.isEmpty()) {
                findings.accept(Finding.of(
                        LintRule.NEEDS_NO_NEW_PRIVILEGES,
                        "",
                        runtime + " starts a container with no-new-privileges only: " + words(before)));
            }
        });
    }

    private static String words(SortedSet<String> names) {
        return "denied: " + String.join(", ", names);
    }

    private static SortedSet<String> denied(Filter filter, SortedSet<String> names) {
        SortedSet<String> denied = new TreeSet<>(names);
        denied.removeIf(name -> !isDenied(filter, name));
        return denied;
    }

    /** Whatever its arguments are; a call that the architecture does not have is not. */
    private static boolean isDenied(Filter filter, String name) {
        Abi abi = filter.host().arch().nativeAbi();
        OptionalInt number = SyscallTable.of(abi).number(name);
        return number.isPresent()
                && Regions.attempt(Regions.DEFAULT_BUDGET, regions -> filter.regions(abi, number.getAsInt(), regions))
                        .filter(parts -> parts.keySet().stream().noneMatch(Outcome::allows))
                        .isPresent();
    }
}
