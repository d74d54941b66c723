package profgen.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class OracleTest {
    private static Attempt attempt(Attempt.End end, int status, String out) {
        return new Attempt(end, status, out, "", List.of());
    }

    @Test
    void a_run_works_if_it_ends_as_expected_and_says_what_is_expected() {
        Oracle oracle = new Oracle(new TreeSet<>(Set.of(0, 3)), Pattern.compile("^ready$", Pattern.MULTILINE), null);
        assertThat(oracle.problem(attempt(Attempt.End.ENDED, 3, "so\nready\n"))).isEmpty();
        assertThat(oracle.problem(attempt(Attempt.End.ENDED, 1, "ready")))
                .hasValue("ended with status 1, expected 0 or 3");
        assertThat(oracle.problem(attempt(Attempt.End.ENDED, 0, "already")))
                .hasValueSatisfying(problem -> assertThat(problem).contains("^ready$"));
        assertThat(oracle.problem(attempt(Attempt.End.TIMEOUT, 137, "ready")))
                .hasValue("did not end in time, and was killed");
        assertThat(oracle.problem(attempt(Attempt.End.ENDED, 159, "ready")))
                .hasValueSatisfying(problem -> assertThat(problem).contains("killed by the filter"));
    }

    @Test
    void with_a_probe_it_works_if_it_was_stopped_after_it_and_not_if_it_ended_before() {
        Oracle oracle = new Oracle(new TreeSet<>(Set.of(0)), null, "exit 0");
        assertThat(oracle.enough().getAsBoolean()).isTrue();
        assertThat(new Oracle(new TreeSet<>(), null, "exit 1").enough().getAsBoolean())
                .isFalse();
        assertThat(oracle.problem(attempt(Attempt.End.STOPPED, 143, ""))).isEmpty();
        assertThat(oracle.problem(attempt(Attempt.End.ENDED, 0, "")))
                .hasValue("ended with status 0 before the probe succeeded");
    }
}
