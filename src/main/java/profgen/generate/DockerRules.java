package profgen.generate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import profgen.capability.CapabilitySet;
import profgen.profile.Action;
import profgen.profile.Baseline;
import profgen.profile.Condition;
import profgen.profile.Profile;
import profgen.profile.Rule;
import profgen.syscall.Arch;
import profgen.syscall.KernelVersion;
import profgen.syscall.SyscallTable;

/** An engine's default profile, seen from one name: under which conditions it is allowed. */
final class DockerRules {
    static final DockerRules NEWEST = new DockerRules(Baseline.dockerDefault());

    private final Map<String, List<Rule>> allowing = new HashMap<>();

    DockerRules(Profile baseline) {
        for (Rule rule : baseline.syscalls()) {
            if (rule.action() == Action.ALLOW) {
                for (String name : rule.names()) {
                    allowing.computeIfAbsent(name, key -> new ArrayList<>()).add(rule.withNames(List.of(name)));
                }
            }
        }
    }

    /**
     * The rules that allow the name somewhere on the target, any one of which suffices; empty if it is denied there. A rule
     * without any condition stands alone. A condition by kernel is dropped if the target's kernel is known to meet it.
     */
    List<Rule> allowing(String name, SortedSet<Arch> arches, @Nullable KernelVersion kernel) {
        List<Rule> rules = allowing.getOrDefault(name, List.of()).stream()
                .filter(rule -> arches.stream().anyMatch(arch -> appliesOn(rule, arch)))
                .map(rule -> kernel != null && isReached(rule, kernel) ? withoutKernel(rule) : rule)
                .toList();
        return rules.stream()
                .filter(DockerRules::isUnconditional)
                .findFirst()
                .map(List::of)
                .orElse(rules);
    }

    /** How many names of the native ABI a host allows, whatever the arguments. */
    int countAllowed(Arch arch, CapabilitySet capabilities, KernelVersion kernel) {
        SortedSet<Arch> one = new TreeSet<>(List.of(arch));
        List<String> held = capabilities.names();
        return (int) SyscallTable.of(arch.nativeAbi()).names().values().stream()
                .filter(name -> allowing(name, one, kernel).stream()
                        .anyMatch(rule -> rule.args().isEmpty()
                                && isReached(rule, kernel)
                                && held.containsAll(rule.includes().caps())
                                && rule.excludes().caps().stream().noneMatch(held::contains)))
                .count();
    }

    private static boolean appliesOn(Rule rule, Arch arch) {
        List<String> included = rule.includes().arches();
        return (included.isEmpty() || arch.conditionNames().stream().anyMatch(included::contains))
                && arch.conditionNames().stream().noneMatch(rule.excludes().arches()::contains);
    }

    static boolean isReached(Rule rule, KernelVersion kernel) {
        KernelVersion least = rule.includes().minKernel();
        return least == null || kernel.isAtLeast(least);
    }

    private static Rule withoutKernel(Rule rule) {
        Condition includes =
                new Condition(rule.includes().caps(), rule.includes().arches(), null);
        return rule.withIncludes(includes);
    }

    static boolean isUnconditional(Rule rule) {
        return rule.args().isEmpty()
                && rule.includes().isEmpty()
                && rule.excludes().isEmpty();
    }
}
