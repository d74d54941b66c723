package profgen.lint;

import java.util.Locale;

/** How grave a finding is, the least first. */
public enum Level {
    /** Worth knowing; often meant so. */
    NOTE,
    /** Probably not what was meant, or a risk. */
    WARNING,
    /** An engine refuses the file or does otherwise than it says, or no program can work under it. */
    ERROR;

    public boolean isAtLeast(Level other) {
        return compareTo(other) >= 0;
    }

    /** As in options and reports: error, warning, note. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
