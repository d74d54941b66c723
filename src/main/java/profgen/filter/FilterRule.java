package profgen.filter;

import java.util.List;
import profgen.profile.ArgumentTest;

/**
 * A rule as the runtime hands it to libseccomp.
 *
 * @param profileIndex of the rule in the profile's {@code syscalls}, from 0; the alternatives of one profile rule share it
 * @param tests all must match, at most one for each argument; a profile rule with two tests of one argument becomes one rule for each test
 */
public record FilterRule(int profileIndex, List<String> names, Outcome outcome, List<ArgumentTest> tests) {
    public FilterRule {
        names = List.copyOf(names);
        tests = List.copyOf(tests);
    }
}
