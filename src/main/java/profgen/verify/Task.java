package profgen.verify;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import profgen.tracer.Course;

/**
 * What is to be verified, whatever the profile.
 *
 * @param command the workload's; empty: nothing is started but what must be denied
 * @param runs a profile that lacks a call of the runtime's own fails by chance only
 * @param limit for each start
 * @param course of each start
 * @param endWanted whether the user has asked for the end of it all
 */
public record Task(
        List<String> command,
        int runs,
        Duration limit,
        Course course,
        Oracle oracle,
        List<AskedDenial> mustDeny,
        BooleanSupplier endWanted) {
    public Task {
        command = List.copyOf(command);
        mustDeny = List.copyOf(mustDeny);
    }

    /** Why the attempt failed; empty if it worked. */
    Optional<String> problem(Attempt attempt) {
        return oracle.problem(attempt, course.endsOnPurpose());
    }
}
