package profgen.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/**
 * A command that is over.
 *
 * @param status as a shell sees it: 128+n for a death by signal n; 137 also if its time was over
 */
record Ended(List<String> command, int status, String out, String err) {
    Ended {
        command = List.copyOf(command);
    }

    /** Fails the test, with both streams, unless the command ended with that status. */
    Ended hasStatus(int expected) {
        assertThat(status).as(inWords()).isEqualTo(expected);
        return this;
    }

    boolean succeeded() {
        return status == 0;
    }

    /** For the message of a failed test. */
    String inWords() {
        return "%s%nstatus %d%nstdout:%n%s%nstderr:%n%s".formatted(String.join(" ", command), status, out, err);
    }
}
