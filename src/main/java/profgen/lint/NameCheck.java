package profgen.lint;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import profgen.syscall.SyscallTable;

/** Names that no architecture has, and names twice in one rule. */
final class NameCheck implements Check {
    /** The longest real name has 28 letters: what is longer has no neighbour. */
    private static final int LONGEST = 40;
    /** Each look-up compares with every known name; a file may hold a million wrong ones. */
    private static final int MOST_SUGGESTIONS = 1_000;

    @Override
    public void examine(Subject subject, Scope scope, Consumer<Finding> findings) {
        Map<String, String> suggestions = new HashMap<>();
        for (int i = 0; i < subject.profile().syscalls().size(); i++) {
            List<String> names = subject.profile().syscalls().get(i).names();
            Set<String> seen = new HashSet<>();
            for (int j = 0; j < names.size(); j++) {
                String path = "syscalls[" + i + "].names[" + j + "]";
                String name = names.get(j);
                if (!seen.add(name)) {
                    findings.accept(
                            Finding.of(LintRule.NAME_TWICE, path, Finding.shown(name) + " is twice in this rule"));
                }
                if (!SyscallTable.isKnown(name)) {
                    findings.accept(Finding.of(
                            LintRule.UNKNOWN_NAME,
                            path,
                            Finding.shown(name) + ": unknown system call" + suggestion(name, suggestions)));
                }
            }
        }
    }

    private static String suggestion(String name, Map<String, String> known) {
        if (name.length() > LONGEST || (known.size() >= MOST_SUGGESTIONS && !known.containsKey(name))) {
            return "";
        }
        return known.computeIfAbsent(name, key -> {
            List<String> nearest = SyscallTable.nearest(key);
            return nearest.isEmpty() ? "" : ", did you mean " + String.join(" or ", nearest) + "?";
        });
    }
}
