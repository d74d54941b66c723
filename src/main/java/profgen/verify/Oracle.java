package profgen.verify;

import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What "it works" means.
 *
 * @param statuses any of these; none asked for: 0, and of what is stopped a clean end
 * @param stdout to be found in the standard output; null: whatever it is
 */
public record Oracle(SortedSet<Integer> statuses, @Nullable Pattern stdout) {
    public Oracle {
        statuses = new TreeSet<>(statuses);
    }

    /**
     * Why the attempt failed; empty if it worked.
     *
     * @param service it was to be stopped, and not to end by itself
     */
    Optional<String> problem(Attempt attempt, boolean service) {
        if (attempt.end() == Attempt.End.NOT_STARTED) {
            return Optional.of(attempt.inWords());
        }
        if (!attempt.unmet().isEmpty()) {
            String how = attempt.end() == Attempt.End.STOPPED ? "did not work" : attempt.inWords();
            return Optional.of(how + ": " + String.join("; ", attempt.unmet()));
        }
        if (attempt.end() == Attempt.End.TIMEOUT) {
            return Optional.of(attempt.inWords());
        }
        if (service && attempt.end() == Attempt.End.ENDED) {
            return Optional.of(attempt.inWords() + " before it was stopped");
        }
        if (isOtherThanAsked(attempt)) {
            return Optional.of(attempt.inWords() + ", expected "
                    + (statuses.isEmpty()
                            ? "0"
                            : statuses.stream().map(String::valueOf).collect(Collectors.joining(" or "))));
        }
        if (stdout != null && !stdout.matcher(attempt.out()).find()) {
            return Optional.of("its output has nothing that matches " + stdout.pattern());
        }
        return Optional.empty();
    }

    private boolean isOtherThanAsked(Attempt attempt) {
        return statuses.isEmpty()
                ? attempt.end() == Attempt.End.ENDED && attempt.status() != 0
                : !statuses.contains(attempt.status());
    }

    /**
     * Whether how it ended when it was stopped says nothing against the profile.
     *
     * @param signal that stopped it
     */
    boolean isCleanStop(Attempt attempt, int signal) {
        boolean clean = attempt.status() == 0 || attempt.status() == 128 + signal;
        return attempt.end() != Attempt.End.STOPPED || !statuses.isEmpty() || clean;
    }
}
