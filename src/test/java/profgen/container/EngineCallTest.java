package profgen.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EngineCallTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Error response from daemon: no such image: x | no such image: x",
                "docker: Error response from daemon: Conflict. | Conflict.",
                "Error: x: image not known | x: image not known",
                "'' | ended with status 1",
            })
    void a_complaint_is_shown_without_the_words_that_every_one_begins_with(String err, String problem) {
        assertThat(new EngineCall(1, "", err + "\nSee 'docker --help'\n").problem())
                .isEqualTo(problem);
    }

    @Test
    void a_client_that_does_not_answer_is_killed() {
        EngineCall call = EngineCall.run(Starter.PLAIN, Duration.ofMillis(50), List.of("sleep", "100"));
        assertThat(call.status()).isEqualTo(-1);
        assertThat(call.problem()).startsWith("does not answer within");
    }

    @Test
    void a_client_that_is_not_there_is_a_problem_like_others() {
        EngineCall call = EngineCall.run(Starter.PLAIN, Duration.ofSeconds(5), List.of("/no/such/client"));
        assertThat(call.succeeded()).isFalse();
        assertThat(call.problem()).contains("/no/such/client");
    }

    @Test
    void a_client_writes_into_files_without_a_name_so_that_none_stays_if_profgen_ends_first() {
        String script = "for i in 1 2; do until readlink /proc/$$/fd/$i | grep -q ' (deleted)$'; do :; done; done;"
                + " echo one; echo two >&2";
        EngineCall call = EngineCall.run(Starter.PLAIN, Duration.ofSeconds(20), List.of("sh", "-c", script));
        assertThat(call).isEqualTo(new EngineCall(0, "one\n", "two\n"));
    }

    @Test
    void an_interrupt_is_kept_and_loses_no_answer() {
        Thread.currentThread().interrupt();
        EngineCall call = EngineCall.run(Starter.PLAIN, Duration.ofSeconds(20), List.of("sh", "-c", "echo one"));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(call).isEqualTo(new EngineCall(0, "one\n", ""));
    }
}
