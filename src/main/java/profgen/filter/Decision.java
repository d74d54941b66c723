package profgen.filter;

import java.util.List;

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
}
