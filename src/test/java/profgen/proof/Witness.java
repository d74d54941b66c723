package profgen.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import profgen.recording.CallId;

/** Compares a recording with what another recorder saw; what may differ is said beforehand, with its reason. */
final class Witness {
    private Witness() {}

    /**
     * A difference that is right.
     *
     * @param reason one sentence, shown when the comparison fails
     * @param calls what only one of both may show
     */
    record Difference(String reason, Set<CallId> calls) {
        Difference {
            calls = Set.copyOf(calls);
        }
    }

    /** Both are the same set but for the explained differences. */
    static void agree(Set<CallId> recorded, Set<CallId> witnessed, List<Difference> explained) {
        Set<CallId> free = new TreeSet<>();
        explained.forEach(difference -> free.addAll(difference.calls()));
        Set<CallId> onlyRecorded = without(recorded, witnessed, free);
        Set<CallId> onlyWitnessed = without(witnessed, recorded, free);
        assertThat(onlyRecorded)
                .as("recorded, not witnessed; explained are %s", explained)
                .isEmpty();
        assertThat(onlyWitnessed)
                .as("witnessed, not recorded; explained are %s", explained)
                .isEmpty();
    }

    private static Set<CallId> without(Set<CallId> calls, Set<CallId> others, Set<CallId> free) {
        Set<CallId> rest = new TreeSet<>(calls);
        rest.removeAll(others);
        rest.removeAll(free);
        return rest;
    }
}
