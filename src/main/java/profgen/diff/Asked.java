package profgen.diff;

import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;
import profgen.filter.Host;

/**
 * A host that the comparison is made for.
 *
 * @param label how it differs from the other hosts asked for, without the architecture: {@code +SYS_NICE}; empty for the first of
 *     its architecture
 * @param calls the only ones that are compared on it, by name; empty for all
 */
public record Asked(Host host, String label, Set<String> calls) implements Comparable<Asked> {
    private static final Comparator<Asked> ORDER =
            Comparator.comparing((Asked asked) -> asked.host().arch()).thenComparing(Asked::label);

    public Asked {
        calls = Set.copyOf(calls);
    }

    /** For all calls. */
    public Asked(Host host, String label) {
        this(host, label, Set.of());
    }

    /** For the calls of both. */
    Asked with(Asked other) {
        if (isForAll() || other.isForAll()) {
            return new Asked(host, label);
        }
        Set<String> both = new HashSet<>(calls);
        both.addAll(other.calls);
        return new Asked(host, label, both);
    }

    boolean isForAll() {
        return calls.isEmpty();
    }

    boolean isFor(String call) {
        return isForAll() || calls.contains(call);
    }

    @Override
    public int compareTo(Asked other) {
        return ORDER.compare(this, other);
    }
}
