package profgen.filter;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import profgen.profile.ArgumentTest;
import profgen.profile.Printable;
import profgen.syscall.Abi;
import profgen.syscall.SyscallTable;

/**
 * A rule that names a call and yet does not decide about it.
 *
 * @param profileIndex in the profile's {@code syscalls}, from 0
 * @param why e.g. {@code needs CAP_SYS_ADMIN, which the bounding set lacks}
 */
public record Passed(int profileIndex, String why) {
    /** Conditions come from the profile. */
    public Passed {
        why = Printable.of(why);
    }

    static List<Passed> over(Filter filter, Resolved resolved, Abi abi, int number, long[] seen, Ruling ruling) {
        Optional<String> name = SyscallTable.of(abi).name(number);
        List<Passed> passed = new ArrayList<>();
        resolved.dropped().stream()
                .filter(rule -> name.isPresent() && rule.names().contains(name.get()))
                .map(rule -> new Passed(rule.profileIndex(), rule.inWords()))
                .forEach(passed::add);
        filter.clauses(abi, number).stream()
                .filter(clause -> !(ruling instanceof Ruling.ByRule by
                        && by.rule().profileIndex() == clause.rule().profileIndex()))
                .map(clause -> new Passed(clause.rule().profileIndex(), why(clause, seen)))
                .forEach(passed::add);
        passed.sort(Comparator.comparingInt(Passed::profileIndex));
        return passed;
    }

    private static String why(Clause clause, long[] seen) {
        Optional<ArgumentTest> failed = clause.tests().stream()
                .filter(test -> !test.matches(seen[test.index()]))
                .findFirst();
        return failed.map(test -> "a" + test.index() + " " + TestText.of(test) + " does not hold")
                .orElse(
                        clause.isUnconditional()
                                ? "another rule for the call comes first"
                                : "another rule for the call decides");
    }
}
