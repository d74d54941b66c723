package profgen.verify;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What "it works" means.
 *
 * @param statuses any of these; not asked for with a probe, which is the end of the run
 * @param stdout to be found in the standard output; null: whatever it is
 * @param probe a command for the shell of this machine, repeated until it succeeds; then the workload is stopped; null: it ends by itself
 */
public record Oracle(
        SortedSet<Integer> statuses,
        @Nullable Pattern stdout,
        @Nullable String probe) {
    private static final Duration PROBE_LIMIT = Duration.ofSeconds(10);

    public Oracle {
        statuses = new TreeSet<>(statuses);
    }

    /** To be asked while the workload runs. */
    BooleanSupplier enough() {
        String command = probe;
        if (command == null) {
            return () -> false;
        }
        return () -> {
            BoundedProcess.Ended ended =
                    BoundedProcess.run(List.of("/bin/sh", "-c", command), PROBE_LIMIT, () -> false);
            return ended.end() == Attempt.End.ENDED && ended.status() == 0;
        };
    }

    /** Why the attempt failed; empty if it worked. */
    Optional<String> problem(Attempt attempt) {
        if (attempt.end() == Attempt.End.TIMEOUT) {
            return Optional.of(
                    probe == null ? attempt.inWords() : "the probe did not succeed in time; the workload was killed");
        }
        if (attempt.end() == Attempt.End.NOT_STARTED) {
            return Optional.of(attempt.inWords());
        }
        if (probe != null && attempt.end() == Attempt.End.ENDED) {
            return Optional.of(attempt.inWords() + " before the probe succeeded");
        }
        if (probe == null && !statuses.contains(attempt.status())) {
            return Optional.of(attempt.inWords() + ", expected "
                    + statuses.stream().map(String::valueOf).collect(Collectors.joining(" or ")));
        }
        if (stdout != null && !stdout.matcher(attempt.out()).find()) {
            return Optional.of("its output has nothing that matches " + stdout.pattern());
        }
        return Optional.empty();
    }
}
