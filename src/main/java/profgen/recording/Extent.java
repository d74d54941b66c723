package profgen.recording;

import java.util.Arrays;
import java.util.List;

/** How much of a call's use a run knows. */
public enum Extent {
    /** Each use: counts and results are exact where they are there. */
    EXACT("exact"),
    /** It was seen, and let through unseen from some time on: counts, results, executables and phases are lower bounds. */
    AT_LEAST("at-least"),
    /** An earlier recording has it, and it was let through unseen from the start: it may have been made or not. */
    INHERITED("inherited");

    private final String label;

    Extent(String label) {
        this.label = label;
    }

    /** As a recording spells it. */
    public String label() {
        return label;
    }

    /** What is known of several uses together. */
    static Extent of(List<Extent> parts) {
        return parts.stream().distinct().count() == 1 ? parts.get(0) : AT_LEAST;
    }

    static Extent parse(JsonValue value) {
        return Arrays.stream(values())
                .filter(extent -> extent != EXACT && extent.label.equals(value.text()))
                .findFirst()
                .orElseThrow(() -> value.expected("at-least or inherited"));
    }
}
