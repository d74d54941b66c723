package profgen.diff;

import java.util.List;

/**
 * What differs between two sides.
 *
 * @param a what the first is called
 * @param places the hosts that were compared, in words; empty for two recordings
 * @param changes sorted
 * @param undecided calls about which no exact answer was found within the budget, with the reason
 * @param notes what else a reader should know, one sentence each
 */
public record Comparison(
        String a, String b, List<String> places, List<Change> changes, List<Undecided> undecided, List<String> notes) {
    public Comparison {
        places = List.copyOf(places);
        changes = changes.stream().sorted().toList();
        undecided = undecided.stream().sorted().toList();
        notes = List.copyOf(notes);
    }

    /** Equal in meaning, for sure. */
    public boolean isEqual() {
        return changes.isEmpty() && undecided.isEmpty();
    }

    public long count(Direction direction) {
        return changes.stream()
                .filter(change -> change.direction() == direction)
                .count();
    }

    /** A call that could not be compared. */
    public record Undecided(String call, String why) implements Comparable<Undecided> {
        static Undecided incomplete(String recording) {
            return new Undecided(
                    "all calls", recording + " is incomplete: what it does not show may have happened all the same");
        }

        @Override
        public int compareTo(Undecided other) {
            int order = call.compareTo(other.call);
            return order == 0 ? why.compareTo(other.why) : order;
        }
    }
}
