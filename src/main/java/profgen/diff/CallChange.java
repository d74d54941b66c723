package profgen.diff;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import profgen.capability.Capability;
import profgen.filter.Outcome;

/**
 * A call, or a region of its arguments, is answered otherwise.
 *
 * @param call its name; {@link #UNNAMED} for all numbers without one
 * @param arguments which, in words; empty for all of them
 * @param gate the capabilities with which both sides allow it, of which any one is enough; empty unless the kind is about a gate
 * @param places where; the witness is a call of the first
 * @param where the same in words
 */
public record CallChange(
        Kind how,
        String call,
        Outcome before,
        Outcome after,
        String arguments,
        List<Capability> gate,
        List<Place> places,
        List<String> where,
        Witness callSeen)
        implements Change {
    /** Numbers that no kernel known here uses. */
    public static final String UNNAMED = "(numbers without a name)";

    /** What became of the call. */
    public enum Kind {
        /** Before, no arguments were that open. */
        ALLOWED("allowed"),
        /** After, no arguments are that open. */
        DENIED("denied"),
        WIDENED("arguments-widened"),
        NARROWED("arguments-narrowed"),
        GATE_ADDED("gate-added"),
        GATE_LIFTED("gate-lifted"),
        /** As closed or open as before, with another errno or action. */
        ANSWER("answer-changed");

        private final String label;

        Kind(String label) {
            this.label = label;
        }
    }

    public CallChange {
        gate = List.copyOf(gate);
        places = List.copyOf(new TreeSet<>(places));
        where = List.copyOf(where);
    }

    @Override
    public String kind() {
        return how.label;
    }

    @Override
    public String subject() {
        return call;
    }

    @Override
    public Direction direction() {
        return Direction.of(before, after);
    }

    @Override
    public String detail() {
        String what = before.inWords() + " -> " + after.inWords();
        return what + (gate.isEmpty() ? "" : " without " + caps()) + (arguments.isEmpty() ? "" : " for " + arguments);
    }

    @Override
    public String inWords() {
        String values = arguments.isEmpty() ? "" : " for " + arguments;
        String was = " (before: " + before.inWords() + ")";
        return call
                + switch (how) {
                    case GATE_ADDED -> values + " now needs " + caps() + ": else " + after.inWords() + was;
                    case GATE_LIFTED -> values + " no longer needs " + caps() + ": " + after.inWords() + was;
                    default -> values + ": " + after.inWords() + was;
                };
    }

    @Override
    public String path(ProfileText text) {
        return text.ofCall(callSeen, places.get(0).asked().host());
    }

    private String caps() {
        return String.join(" or ", gate.stream().map(Capability::name).toList());
    }

    @Override
    public Optional<Witness> witness() {
        return Optional.of(callSeen);
    }
}
