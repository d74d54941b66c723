package profgen.diff;

import java.util.List;

/**
 * Whether a profile allows what was recorded.
 *
 * @param calls how many different calls were looked at
 * @param hosts for which, in words
 * @param findings sorted, the gravest first; empty means that everything is allowed
 * @param notes what else a reader should know, one sentence each
 */
public record CheckResult(
        String profile, int runs, int calls, List<String> hosts, List<Finding> findings, List<String> notes) {
    public CheckResult {
        hosts = List.copyOf(hosts);
        findings = findings.stream().sorted().distinct().toList();
        notes = List.copyOf(notes);
    }

    public long count(Finding.Kind kind) {
        return findings.stream().filter(finding -> finding.kind() == kind).count();
    }

    /** Something recorded is denied, for sure. */
    public boolean isNo() {
        return count(Finding.Kind.DENIED) > 0;
    }

    public boolean isUndecided() {
        return !isNo() && count(Finding.Kind.UNDECIDED) > 0;
    }
}
