package profgen.lint;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import profgen.profile.ArgumentTest;
import profgen.profile.ArgumentTest.Operator;
import profgen.profile.Rule;

/** Tests of arguments that mean something else than they seem to, whatever the call. */
final class ArgumentCheck implements Check {
    private static final long MAX = -1;

    @Override
    public void examine(Subject subject, Scope scope, Consumer<Finding> findings) {
        List<Rule> rules = subject.profile().syscalls();
        for (int i = 0; i < rules.size(); i++) {
            List<ArgumentTest> tests = rules.get(i).args();
            String path = "syscalls[" + i + "]";
            Set<Integer> indexes = new HashSet<>();
            for (int j = 0; j < tests.size(); j++) {
                test(tests.get(j), path + ".args[" + j + "]", findings);
                if (!indexes.add(tests.get(j).index())) {
                    findings.accept(Finding.of(
                            LintRule.AND_BECOMES_OR,
                            path + ".args[" + j + "]",
                            "argument " + tests.get(j).index() + " is tested twice: the tests become alternatives"));
                }
            }
        }
    }

    private static void test(ArgumentTest test, String path, Consumer<Finding> findings) {
        Operator operator = test.operator();
        if (operator != Operator.MASKED_EQ && test.valueTwo() != 0) {
            findings.accept(Finding.of(
                    LintRule.VALUE_TWO_IGNORED,
                    path + ".valueTwo",
                    "valueTwo " + Long.toUnsignedString(test.valueTwo()) + " with " + operator.scmpName()));
        }
        if (matchesNothing(test)) {
            findings.accept(Finding.of(LintRule.NEVER_MATCHES, path, inWords(test) + " matches nothing"));
        } else if (matchesEverything(test)) {
            findings.accept(Finding.of(LintRule.PASSES_EVERYTHING, path, inWords(test) + " matches every value"));
        } else if (operator == Operator.MASKED_EQ && (test.valueTwo() & ~test.value()) != 0) {
            String cut = Long.toUnsignedString(test.valueTwo() & test.value());
            findings.accept(Finding.of(LintRule.DATUM_CUT, path + ".valueTwo", inWords(test) + ": cut to " + cut));
        }
    }

    private static boolean matchesNothing(ArgumentTest test) {
        return switch (test.operator()) {
            case LT -> test.value() == 0;
            case GT -> test.value() == MAX;
            case NE, LE, EQ, GE, MASKED_EQ -> false;
        };
    }

    private static boolean matchesEverything(ArgumentTest test) {
        return switch (test.operator()) {
            case GE, MASKED_EQ -> test.value() == 0;
            case LE -> test.value() == MAX;
            case NE, LT, EQ, GT -> false;
        };
    }

    static String inWords(ArgumentTest test) {
        String value = Long.toUnsignedString(test.value());
        return test.operator() == Operator.MASKED_EQ
                ? "argument " + test.index() + ": mask " + value + ", datum " + Long.toUnsignedString(test.valueTwo())
                : "argument " + test.index() + ": " + test.operator().scmpName() + " " + value;
    }
}
