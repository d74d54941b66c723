package profgen.verify;

import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import profgen.profile.Profile;
import profgen.tracer.Course;

/**
 * What is to be started once.
 *
 * @param profile null: without any filter
 * @param limit then it is killed
 * @param course what happens with it until then
 * @param endWanted whether the user has asked for the end of it all
 */
public record Trial(
        List<String> command, @Nullable Profile profile, Duration limit, Course course, BooleanSupplier endWanted) {
    public Trial {
        command = List.copyOf(command);
    }

    /** To its own end, or the limit. */
    public static Trial of(List<String> command, @Nullable Profile profile, Duration limit, BooleanSupplier endWanted) {
        return new Trial(command, profile, limit, Course.PLAIN, endWanted);
    }
}
