package profgen.verify;

import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import profgen.profile.Profile;

/**
 * What is to be started once.
 *
 * @param profile null: without any filter
 * @param limit then it is killed
 * @param enough asked again and again while it runs: true when it may be stopped
 */
public record Trial(List<String> command, @Nullable Profile profile, Duration limit, BooleanSupplier enough) {
    public Trial {
        command = List.copyOf(command);
    }

    /** To its own end, or the limit. */
    public static Trial of(List<String> command, @Nullable Profile profile, Duration limit) {
        return new Trial(command, profile, limit, () -> false);
    }
}
