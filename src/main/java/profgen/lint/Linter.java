package profgen.lint;

import java.util.List;
import java.util.TreeSet;

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
            new OverlapCheck(),
            new CloneCheck(),
            new VerdictCheck(),
            new DangerCheck());

    private Linter() {}

    /** Sorted, each finding once. */
    public static List<Finding> lint(Subject subject, Scope scope) {
        TreeSet<Finding> findings = new TreeSet<>();
        CHECKS.forEach(check -> check.examine(subject, scope, findings::add));
        return List.copyOf(findings);
    }
}
