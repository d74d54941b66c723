package profgen.diff;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something that one of two recordings shows and the other does not.
 *
 * @param appeared in B; else it is in A only
 * @param subject the call or the executable
 * @param value the errno or the arguments, in words; empty for a call or an executable itself
 * @param seen the first sight, in words
 * @param callSeen null where a call of this recording cannot be told in full
 */
public record RecordedChange(
        What what,
        boolean appeared,
        String subject,
        String value,
        String seen,
        @Nullable Witness callSeen) implements Change {
    /** What kind of thing. */
    public enum What {
        CALL("call", true),
        ARGUMENTS("arguments", true),
        ERRNO("errno", false),
        EXECUTABLE("executable", false);

        private final String label;
        private final boolean needed;

        What(String label, boolean needed) {
            this.label = label;
            this.needed = needed;
        }
    }

    @Override
    public String path(ProfileText text) {
        return "";
    }

    @Override
    public String kind() {
        return (appeared ? "new-" : "vanished-") + what.label;
    }

    /** A profile made from B has to allow more, or less. */
    @Override
    public Direction direction() {
        return !what.needed ? Direction.OTHER : appeared ? Direction.LOOSENED : Direction.TIGHTENED;
    }

    @Override
    public String detail() {
        return value;
    }

    @Override
    public String inWords() {
        String object = what.label + " " + subject + (value.isEmpty() ? "" : ": " + value);
        return (appeared ? "new " : "no longer seen: ") + object + ", first by " + seen;
    }

    @Override
    public List<String> where() {
        return List.of(seen);
    }

    @Override
    public Optional<Witness> witness() {
        return Optional.ofNullable(callSeen);
    }
}
