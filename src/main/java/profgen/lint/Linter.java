package profgen.lint;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Supplier;
import profgen.filter.Filter;
import profgen.filter.Libseccomp;
import profgen.filter.Resolver;
import profgen.profile.ProfileLines;

/** A profile -> what engines do with it in silence, and what is dangerous in it. */
public final class Linter {
    private static final List<Check> CHECKS = List.of(
            new TextCheck(),
            new FileCheck(),
            new ArchitectureCheck(),
            new NameCheck(),
            new ConditionCheck(),
            new GateCheck(),
            new ArgumentCheck(),
            new WidthCheck(),
            new OverlapCheck());
    private static final List<HostCheck> HOST_CHECKS =
            List.of(new DefaultCheck(), new CloneCheck(), new VerdictCheck(), new DangerCheck(), new StartCheck());

    private Linter() {}

    /** Sorted, each finding once. Rules that libseccomp may make otherwise than they say are not compared with it. */
    public static List<Finding> lint(Subject subject, Scope scope) {
        TreeSet<Finding> findings = new TreeSet<>();
        examine(subject, scope, filters(subject, scope), findings);
        return placed(subject, findings);
    }

    /** @param library of which the programs are compared with the rules; asked for, by another thread, only where that is doubtful */
    public static List<Finding> lint(Subject subject, Scope scope, Supplier<Libseccomp> library) {
        TreeSet<Finding> findings = new TreeSet<>();
        List<Filter> filters = filters(subject, scope);
        LibseccompDifference difference = LibseccompDifference.start(library, filters);
        examine(subject, scope, filters, findings);
        difference.report(findings::add);
        return placed(subject, findings);
    }

    private static List<Filter> filters(Subject subject, Scope scope) {
        if (subject.profile().isUnconfined()) {
            return List.of();
        }
        Resolver resolver = Resolver.of(subject.profile());
        return scope.hosts().stream().map(resolver::on).toList();
    }

    private static void examine(Subject subject, Scope scope, List<Filter> filters, Collection<Finding> findings) {
        CHECKS.forEach(check -> check.examine(subject, scope, findings::add));
        if (!filters.isEmpty()) {
            HOST_CHECKS.forEach(check -> check.examine(subject, filters, findings::add));
        }
    }

    private static List<Finding> placed(Subject subject, Collection<Finding> findings) {
        Map<String, Integer> lines = ProfileLines.of(
                subject.text(), findings.stream().map(Finding::path).toList());
        return findings.stream()
                .map(finding -> finding.onLine(lines.getOrDefault(finding.path(), finding.line())))
                .toList();
    }
}
