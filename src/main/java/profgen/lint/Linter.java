package profgen.lint;

import java.util.List;
import java.util.TreeSet;
import profgen.filter.Filter;
import profgen.filter.Resolver;

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
    private static final List<HostCheck> HOST_CHECKS = List.of(new CloneCheck(), new VerdictCheck(), new DangerCheck());

    private Linter() {}

    /** Sorted, each finding once. */
    public static List<Finding> lint(Subject subject, Scope scope) {
        TreeSet<Finding> findings = new TreeSet<>();
        CHECKS.forEach(check -> check.examine(subject, scope, findings::add));
        if (!subject.profile().isUnconfined()) {
            Resolver resolver = Resolver.of(subject.profile());
            List<Filter> filters = scope.hosts().stream().map(resolver::on).toList();
            HOST_CHECKS.forEach(check -> check.examine(subject, filters, findings::add));
        }
        return List.copyOf(findings);
    }
}
