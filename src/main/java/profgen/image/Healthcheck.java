package profgen.image;

import java.time.Duration;
import java.util.List;

/**
 * An image's HEALTHCHECK.
 *
 * @param test {@code NONE}; {@code CMD} and a command's words; or {@code CMD-SHELL} and one line for the image's shell
 * @param interval and the other times: zero means the engine's default
 * @param retries zero means the engine's default
 */
public record Healthcheck(List<String> test, Duration interval, Duration timeout, Duration startPeriod, int retries) {
    public Healthcheck {
        test = List.copyOf(test);
    }

    /** There is nothing to run: a base image's check was taken back, or only its times are given. */
    public boolean isDisabled() {
        return test.size() < 2;
    }

    /**
     * What the engine runs, empty when disabled.
     *
     * @param shell of the image's configuration
     */
    public List<String> command(List<String> shell) {
        if (isDisabled()) {
            return List.of();
        }
        List<String> words = test.subList(1, test.size());
        if (!test.get(0).equals("CMD-SHELL")) {
            return words;
        }
        return java.util.stream.Stream.concat(shell.stream(), words.stream()).toList();
    }
}
