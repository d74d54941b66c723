package profgen.filter;

import java.util.List;
import java.util.OptionalInt;

/**
 * What happens to one call, and why.
 *
 * @param passed the profile's other rules that name the call, in the profile's order
 */
public record Decision(Ruling ruling, List<Passed> passed) {
    public Decision {
        passed = List.copyOf(passed);
    }

    public Outcome outcome() {
        return ruling.outcome();
    }

    /** Of the profile's rule that gives the answer, from 0; where none does, of the first that names the call. */
    public OptionalInt rule() {
        return ruling instanceof Ruling.ByRule by
                ? OptionalInt.of(by.rule().profileIndex())
                : passed.stream().mapToInt(Passed::profileIndex).findFirst();
    }
}
