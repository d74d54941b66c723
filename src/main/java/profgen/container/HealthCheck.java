package profgen.container;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What an engine runs in a container again and again to know how it is.
 *
 * @param command its words
 * @param interval from the end of one to the beginning of the next
 */
public record HealthCheck(List<String> command, Duration interval) {
    /** Docker's. */
    public static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(30);

    private static final List<String> SHELL = List.of("/bin/sh", "-c");

    public HealthCheck {
        command = List.copyOf(command);
    }

    /** A line for the container's shell. */
    public static HealthCheck ofLine(String line, Duration interval) {
        return of(List.of("CMD-SHELL", line), interval);
    }

    /** @param test as images have it: {@code CMD} and words, or {@code CMD-SHELL} and a line; at least two words */
    static HealthCheck of(List<String> test, Duration interval) {
        List<String> words = new ArrayList<>(test.get(0).equals("CMD-SHELL") ? SHELL : List.of());
        words.addAll(test.subList(1, test.size()));
        return new HealthCheck(words, interval.isZero() ? DEFAULT_INTERVAL : interval);
    }
}
