package profgen.lint;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import profgen.BadInputException;
import profgen.profile.Baseline;
import profgen.profile.Oddity;
import profgen.profile.Profile;
import profgen.profile.ProfileReader;

/**
 * A profile and what is odd about its text.
 *
 * @param source as the user named it
 * @param text empty for a baseline
 */
public record Subject(String source, String text, Profile profile, List<Oddity> oddities) {
    public Subject {
        oddities = List.copyOf(oddities);
    }

    /** A baseline by its name, else a file; one that is no profile at all is a {@link BadInputException}. */
    public static Subject read(String source) {
        Optional<Profile> baseline = Baseline.named(source);
        if (baseline.isPresent()) {
            return new Subject(source, "", baseline.get(), List.of());
        }
        List<Oddity> oddities = new ArrayList<>();
        String text = ProfileReader.text(path(source));
        return new Subject(source, text, ProfileReader.parse(text, source, oddities::add), oddities);
    }

    private static Path path(String source) {
        try {
            return Path.of(source);
        } catch (InvalidPathException e) {
            throw new BadInputException(source + ": is no file name in this locale: " + e.getReason());
        }
    }
}
