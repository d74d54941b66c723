package profgen.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class OracleTest {
    private static final Oracle ANY = new Oracle(new TreeSet<>(), null);

    private static Attempt attempt(Attempt.End end, int status, String out, String... unmet) {
        return new Attempt(end, status, out, "", List.of(), List.of(unmet));
    }

    @Test
    void a_run_works_if_it_ends_as_expected_and_says_what_is_expected() {
        Oracle oracle = new Oracle(new TreeSet<>(Set.of(0, 3)), Pattern.compile("^ready$", Pattern.MULTILINE));
        assertThat(oracle.problem(attempt(Attempt.End.ENDED, 3, "so\nready\n"), false))
                .isEmpty();
        assertThat(oracle.problem(attempt(Attempt.End.ENDED, 1, "ready"), false))
                .hasValue("ended with status 1, expected 0 or 3");
        assertThat(oracle.problem(attempt(Attempt.End.ENDED, 0, "already"), false))
                .hasValueSatisfying(problem -> assertThat(problem).contains("^ready$"));
        assertThat(oracle.problem(attempt(Attempt.End.TIMEOUT, 137, "ready"), false))
                .hasValue("did not end in time, and was killed");
        assertThat(oracle.problem(attempt(Attempt.End.ENDED, 159, "ready"), false))
                .hasValueSatisfying(problem -> assertThat(problem).contains("killed by the filter"));
        assertThat(ANY.problem(attempt(Attempt.End.ENDED, 0, ""), false)).isEmpty();
        assertThat(ANY.problem(attempt(Attempt.End.ENDED, 1, ""), false)).hasValue("ended with status 1, expected 0");
    }

    @Test
    void a_service_works_if_it_was_stopped_when_what_it_was_for_had_happened() {
        assertThat(ANY.problem(attempt(Attempt.End.STOPPED, 143, ""), true)).isEmpty();
        assertThat(ANY.problem(attempt(Attempt.End.ENDED, 0, ""), true))
                .hasValue("ended with status 0 before it was stopped");
        assertThat(ANY.problem(attempt(Attempt.End.STOPPED, 0, "", "the load (x) ended with status 7"), true))
                .hasValue("did not work: the load (x) ended with status 7");
        assertThat(ANY.problem(attempt(Attempt.End.TIMEOUT, 137, "", "the workload was never ready"), true))
                .hasValue("did not end in time, and was killed: the workload was never ready");
        Oracle seven = new Oracle(new TreeSet<>(Set.of(7)), null);
        assertThat(seven.problem(attempt(Attempt.End.STOPPED, 7, ""), true)).isEmpty();
        assertThat(seven.problem(attempt(Attempt.End.STOPPED, 0, ""), true)).isPresent();
    }

    @Test
    void a_stop_is_clean_with_status_0_and_by_the_signal_that_was_sent() {
        assertThat(ANY.isCleanStop(attempt(Attempt.End.STOPPED, 0, ""), 15)).isTrue();
        assertThat(ANY.isCleanStop(attempt(Attempt.End.STOPPED, 143, ""), 15)).isTrue();
        assertThat(ANY.isCleanStop(attempt(Attempt.End.STOPPED, 137, ""), 15)).isFalse();
        assertThat(ANY.isCleanStop(attempt(Attempt.End.STOPPED, 1, ""), 15)).isFalse();
    }
}
