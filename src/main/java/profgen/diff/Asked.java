package profgen.diff;

import java.util.Comparator;
import profgen.filter.Host;

/**
 * A host that the comparison is made for.
 *
 * @param label how it differs from the other hosts asked for, without the architecture: {@code +SYS_NICE}; empty for the first of
 *     its architecture
 */
public record Asked(Host host, String label) implements Comparable<Asked> {
    private static final Comparator<Asked> ORDER =
            Comparator.comparing((Asked asked) -> asked.host().arch()).thenComparing(Asked::label);

    @Override
    public int compareTo(Asked other) {
        return ORDER.compare(this, other);
    }
}
