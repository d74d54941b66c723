package profgen.cli;

import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import profgen.profile.Profile;
import profgen.verify.Mended;
import profgen.verify.Verification;

/**
 * The verification that counts, and what was done to get there.
 *
 * @param first of the profile as it was given
 * @param rounds what was added after each verification that failed; empty without --fix
 * @param proposal what --fix could add to the last one if it failed
 * @param written where the mended profile is
 */
record FixedProfile(
        Profile profile,
        Verification first,
        Verification verification,
        List<Mended> rounds,
        Mended proposal,
        Optional<String> written) {
    FixedProfile {
        rounds = List.copyOf(rounds);
    }

    SortedSet<String> added() {
        SortedSet<String> names = new TreeSet<>();
        rounds.forEach(round -> names.addAll(round.added()));
        return names;
    }
}
