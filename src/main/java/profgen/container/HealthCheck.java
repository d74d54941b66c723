package profgen.container;

import java.time.Duration;
import java.util.List;

/**
 * What an engine runs in a container again and again to know how it is.
 *
 * @param command its words
 * @param interval from the end of one to the beginning of the next
 * @param timeout after which one has failed
 */
public record HealthCheck(List<String> command, Duration interval, Duration timeout) {
    /** Docker's. */
    public static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(30);

    /** Docker's. */
    public static final List<String> SHELL = List.of("/bin/sh", "-c");

    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

    public HealthCheck {
        command = List.copyOf(command);
    }

    /** A line for the container's shell. */
    public static HealthCheck ofLine(String line, Duration interval) {
        return of(List.of(SHELL.get(0), SHELL.get(1), line), interval, Duration.ZERO);
    }

    /** @param interval and timeout, of zero for the engine's own */
    static HealthCheck of(List<String> command, Duration interval, Duration timeout) {
        return new HealthCheck(
                command, interval.isZero() ? DEFAULT_INTERVAL : interval, timeout.isZero() ? DEFAULT_TIMEOUT : timeout);
    }
}
