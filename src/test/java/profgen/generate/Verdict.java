package profgen.generate;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import profgen.capability.CapabilitySet;
import profgen.profile.Action;
import profgen.profile.ArgumentTest;
import profgen.profile.Condition;
import profgen.profile.Profile;
import profgen.profile.Rule;
import profgen.syscall.Arch;
import profgen.syscall.KernelVersion;

/** What a profile answers on one host, by the simplest reading of its rules: conditions first, then any rule that allows. */
final class Verdict {
    private final Collection<String> archSpellings;
    private final List<String> held;
    private final KernelVersion kernel;
    private final Map<String, List<Rule>> rules = new HashMap<>();

    Verdict(Profile profile, Collection<String> archSpellings, CapabilitySet capabilities, KernelVersion kernel) {
        this.archSpellings = archSpellings;
        this.held = capabilities.names();
        this.kernel = kernel;
        profile.syscalls().stream()
                .filter(this::isKept)
                .forEach(rule -> rule.names()
                        .forEach(name -> rules.computeIfAbsent(name, key -> new ArrayList<>())
                                .add(rule)));
    }

    static Verdict of(Profile profile, Arch arch, CapabilitySet capabilities, KernelVersion kernel) {
        return new Verdict(profile, arch.conditionNames(), capabilities, kernel);
    }

    boolean allows(String name, long... arguments) {
        for (Rule rule : rules.getOrDefault(name, List.of())) {
            if (rule.action() == Action.ALLOW && matches(rule, arguments)) {
                return true;
            }
        }
        return false;
    }

    /** The error of the rule that denies the name whatever the arguments; 0 if there is none. */
    int errno(String name) {
        return rules.getOrDefault(name, List.of()).stream()
                .filter(rule -> rule.action() == Action.ERRNO)
                .mapToInt(rule -> rule.errnoRet() == null ? 1 : rule.errnoRet())
                .findFirst()
                .orElse(0);
    }

    List<String> namesWithTwoActions() {
        return rules.entrySet().stream()
                .filter(entry -> entry.getValue().stream()
                                .map(rule -> rule.action() + " " + rule.errnoRet())
                                .distinct()
                                .count()
                        > 1)
                .map(Map.Entry::getKey)
                .toList();
    }

    private static boolean matches(Rule rule, long[] arguments) {
        for (ArgumentTest test : rule.args()) {
            if (!test.matches(test.index() < arguments.length ? arguments[test.index()] : 0)) {
                return false;
            }
        }
        return true;
    }

    private boolean isKept(Rule rule) {
        Condition in = rule.includes();
        Condition out = rule.excludes();
        return archSpellings.stream().noneMatch(out.arches()::contains)
                && out.caps().stream().noneMatch(held::contains)
                && (in.arches().isEmpty() || archSpellings.stream().anyMatch(in.arches()::contains))
                && held.containsAll(in.caps())
                && (in.minKernel() == null || kernel.isAtLeast(in.minKernel()));
    }

    @Override
    public String toString() {
        return archSpellings + ", " + held + ", kernel " + kernel;
    }
}
