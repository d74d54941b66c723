package profgen.lint;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import profgen.profile.Action;
import profgen.profile.ArgumentTest;
import profgen.profile.Rule;
import profgen.syscall.Arch;
import profgen.syscall.ArgumentWidths;

/** Comparisons of all 64 bits where the kernel reads 32. */
final class WidthCheck implements Check {
    private static final long LOW_HALF = 0xFFFFFFFFL;

    @Override
    public void examine(Subject subject, Scope scope, Consumer<Finding> findings) {
        List<Rule> rules = subject.profile().syscalls();
        for (int i = 0; i < rules.size(); i++) {
            Rule rule = rules.get(i);
            for (int j = 0; j < rule.args().size(); j++) {
                ArgumentTest test = rule.args().get(j);
                String names = looksAtUpperHalf(test) ? narrow(rule, test.index(), scope) : "";
                if (!names.isEmpty()) {
                    boolean allows = rule.action() == Action.ALLOW || rule.action() == Action.LOG;
                    LintRule kind = allows == upperHalfMatches(test) ? LintRule.UNMASKED_BYPASS : LintRule.UNMASKED_INT;
                    findings.accept(Finding.of(
                            kind,
                            "syscalls[" + i + "].args[" + j + "]",
                            names + ": " + ArgumentCheck.inWords(test) + " on 64 bits"));
                }
            }
        }
    }

    private static boolean looksAtUpperHalf(ArgumentTest test) {
        return test.operator() != ArgumentTest.Operator.MASKED_EQ || (test.value() & ~LOW_HALF) != 0;
    }

    /** Whether something in the upper half passes the test; else it fails it. */
    private static boolean upperHalfMatches(ArgumentTest test) {
        return switch (test.operator()) {
            case NE, GT, GE -> true;
            case LT, LE, EQ, MASKED_EQ -> false;
        };
    }

    /** The calls of the rule whose argument is an int. */
    private static String narrow(Rule rule, int index, Scope scope) {
        Set<String> names = new TreeSet<>();
        for (String name : rule.names()) {
            for (Arch arch : scope.arches()) {
                if (ArgumentWidths.bits(arch.nativeAbi(), name, index) == Integer.SIZE) {
                    names.add(name);
                }
            }
        }
        return names.stream().limit(5).collect(Collectors.joining(", ")) + (names.size() > 5 ? ", ..." : "");
    }
}
