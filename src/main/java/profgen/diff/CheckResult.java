package profgen.diff;

import java.util.List;

/**
 * Whether a profile allows what was recorded.
 *
 * @param calls how many different calls were looked at
 * @param hosts for which, in words
 * @param complete the recording shows everything that happened
 * @param findings sorted, the gravest first; empty means that everything is allowed
 * @param notes what else a reader should know, one sentence each
 */
public record CheckResult(
        String profile,
        int runs,
        int calls,
        List<String> hosts,
        boolean complete,
        List<Finding> findings,
        List<String> notes) {
    /** Whether everything is allowed. */
    public enum Answer {
        YES("yes"),
        NO("no"),
        /** The recording does not tell enough about a call. */
        UNDECIDED("undecided"),
        /** Everything recorded is allowed, but more may have happened. */
        INCOMPLETE("incomplete");

        private final String label;

        Answer(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }

    public CheckResult {
        hosts = List.copyOf(hosts);
        findings = findings.stream().sorted().distinct().toList();
        notes = List.copyOf(notes);
    }

    public long count(Finding.Kind kind) {
        return findings.stream().filter(finding -> finding.kind() == kind).count();
    }

    public Answer answer() {
        if (count(Finding.Kind.DENIED) > 0) {
            return Answer.NO;
        }
        if (count(Finding.Kind.UNDECIDED) > 0) {
            return Answer.UNDECIDED;
        }
        return complete ? Answer.YES : Answer.INCOMPLETE;
    }
}
