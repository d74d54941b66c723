package profgen.lint;

import java.util.Comparator;
import java.util.OptionalInt;

/**
 * Something in a profile.
 *
 * @param path {@code syscalls[4].names[2]}; empty for the whole file
 * @param message object and problem, without the remedy, which is the rule's
 * @param line of the file, from 1; 0 where there is no file or it is about the whole of it
 */
public record Finding(LintRule rule, Level level, String path, String message, int line)
        implements Comparable<Finding> {
    private static final String RULES = "syscalls[";
    private static final int SHOWN = 60;

    private static final Comparator<Finding> ORDER = Comparator.comparing(Finding::level, Comparator.reverseOrder())
            .thenComparingInt(finding -> finding.ruleIndex().orElse(-1))
            .thenComparing(Finding::rule)
            .thenComparing(Finding::path)
            .thenComparing(Finding::message);

    static Finding of(LintRule rule, String path, String message) {
        return new Finding(rule, rule.level(), path, message, 0);
    }

    Finding atLeast(Level least) {
        return level.isAtLeast(least) ? this : new Finding(rule, least, path, message, line);
    }

    Finding onLine(int number) {
        return new Finding(rule, level, path, message, number);
    }

    /** Of the profile's rule that this is about, from 0. */
    public OptionalInt ruleIndex() {
        return path.startsWith(RULES)
                ? OptionalInt.of(Integer.parseInt(path, RULES.length(), path.indexOf(']'), 10))
                : OptionalInt.empty();
    }

    /** With the remedy, for a line of text. */
    public String inWords() {
        return message + "; " + rule.remedy();
    }

    /** Gravest first, then in the order of the file. */
    @Override
    public int compareTo(Finding other) {
        return ORDER.compare(this, other);
    }

    /** A name from the file: not longer than a line may be. */
    static String shown(String name) {
        if (name.isEmpty()) {
            return "\"\"";
        }
        return name.length() > SHOWN ? name.substring(0, SHOWN) + "..." : name;
    }
}
