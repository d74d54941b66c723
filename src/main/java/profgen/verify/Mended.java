package profgen.verify;

import java.util.List;
import profgen.profile.Profile;

/**
 * A profile with what was refused.
 *
 * @param profile the same as before if nothing could be added
 * @param added names, sorted
 * @param refused what was not added, each with the reason and the remedy
 */
public record Mended(Profile profile, List<String> added, List<Refusal> refused) {
    public Mended {
        added = List.copyOf(added);
        refused = List.copyOf(refused);
    }

    /** @param remedy what else can be done; empty if nothing */
    public record Refusal(String what, String why, String remedy) {}
}
