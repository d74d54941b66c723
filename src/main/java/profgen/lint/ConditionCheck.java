package profgen.lint;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import profgen.capability.Capability;
import profgen.capability.CapabilitySet;
import profgen.filter.EngineKind;
import profgen.profile.Condition;
import profgen.profile.Rule;
import profgen.syscall.Arch;
import profgen.syscall.KernelVersion;

/** What {@code includes} and {@code excludes} name, and whether any host passes both. */
final class ConditionCheck implements Check {
    private static final Set<String> CAPABILITIES = Set.copyOf(CapabilitySet.ALL.names());
    private static final Map<String, String> WRONG_ARCHES = Map.of(
            "x86_64", "amd64",
            "x86-64", "amd64",
            "x64", "amd64",
            "aarch64", "arm64",
            "i386", "386 or x86",
            "i686", "386 or x86",
            "loongarch", "loongarch64 and loong64",
            "ppc64el", "ppc64le",
            "riscv", "riscv64");

    @Override
    public void examine(Subject subject, Scope scope, Consumer<Finding> findings) {
        if (!scope.has(EngineKind::readsConditions)) {
            return;
        }
        List<Rule> rules = subject.profile().syscalls();
        for (int i = 0; i < rules.size(); i++) {
            Rule rule = rules.get(i);
            String path = "syscalls[" + i + "]";
            condition(rule.includes(), path + ".includes", scope, findings);
            condition(rule.excludes(), path + ".excludes", scope, findings);
            contradiction(rule, path, findings);
        }
    }

    private static void condition(Condition condition, String path, Scope scope, Consumer<Finding> findings) {
        for (int i = 0; i < condition.caps().size(); i++) {
            String name = condition.caps().get(i);
            if (!CAPABILITIES.contains(name)) {
                String meant = Capability.byName(name)
                        .map(capability -> ", did you mean "
                                + CapabilitySet.of(List.of(capability)).names().get(0) + "?")
                        .orElse("");
                findings.accept(Finding.of(
                        LintRule.UNKNOWN_CAPABILITY,
                        path + ".caps[" + i + "]",
                        Finding.shown(name) + ": unknown capability" + meant));
            }
        }
        for (int i = 0; i < condition.arches().size(); i++) {
            spelling(condition.arches().get(i), path + ".arches[" + i + "]", findings);
        }
        loong(condition.arches(), path + ".arches", scope, findings);
    }

    private static void spelling(String name, String path, Consumer<Finding> findings) {
        String right = WRONG_ARCHES.get(name);
        if (right != null) {
            findings.accept(Finding.of(LintRule.ARCH_SPELLING, path, name + ": engines spell it " + right));
        } else if (name.startsWith("SCMP_ARCH_") || !name.matches("[a-z0-9]{1,20}")) {
            findings.accept(Finding.of(
                    LintRule.ARCH_SPELLING, path, Finding.shown(name) + ": no engine's name of an architecture"));
        }
    }

    private static void loong(List<String> arches, String path, Scope scope, Consumer<Finding> findings) {
        boolean docker = arches.contains("loongarch64");
        boolean others = arches.contains("loong64");
        boolean lost = docker
                ? scope.has(kind -> kind == EngineKind.PODMAN || kind == EngineKind.CRIO)
                : scope.has(kind -> kind == EngineKind.DOCKER);
        if (docker != others && lost && scope.arches().contains(Arch.LOONGARCH64)) {
            findings.accept(Finding.of(
                    LintRule.LOONG_SPELLING,
                    path,
                    docker ? "loongarch64 without loong64" : "loong64 without loongarch64"));
        }
    }

    private static void contradiction(Rule rule, String path, Consumer<Finding> findings) {
        Condition includes = rule.includes();
        Condition excludes = rule.excludes();
        KernelVersion from = includes.minKernel();
        KernelVersion before = excludes.minKernel();
        if (includes.caps().stream().anyMatch(excludes.caps()::contains)) {
            findings.accept(Finding.of(LintRule.NEVER_KEPT, path, "a capability is both included and excluded"));
        } else if (!includes.arches().isEmpty() && excludes.arches().containsAll(includes.arches())) {
            findings.accept(Finding.of(LintRule.NEVER_KEPT, path, "every included architecture is excluded"));
        } else if (from != null && before != null && from.isAtLeast(before)) {
            findings.accept(Finding.of(
                    LintRule.NEVER_KEPT, path, "kernels from " + from + " included, from " + before + " excluded"));
        }
    }
}
