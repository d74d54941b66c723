package profgen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What needs a live process is in profgen.proof. */
class InspectCommandTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "inspect | inspect: expected PID, or --container NAME",
                "inspect x | inspect: x: expected the id of a process or thread, a number",
                "inspect 0 | inspect: 0: expected the id of a process or thread, a number",
                "inspect --container web 1 | inspect: --container: takes no PID",
                "inspect 1 2 | 2: one argument too many",
                "diff --live strict | diff: expected PID, or --container NAME",
                "diff --live x strict | diff: x: expected the id of a process or thread, a number",
                "diff --live --container web 1 strict | diff: --container: takes no PID",
                "diff --container web strict strict | diff: --container: needs --live",
                "diff strict | diff: expected A and B",
                "diff strict strict strict | strict: one argument too many",
            })
    void wrong_usage_is_named(String words, String complaint) {
        Cli run = Cli.run(words.split(" ", -1));
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).startsWith("profgen: " + complaint + "\n");
        assertThat(run.out()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"inspect 4194305", "inspect --json 4194305", "diff --live 4194305 strict"})
    void a_process_that_is_not_there_is_bad_input(String words) {
        Cli run = Cli.run(words.split(" ", -1));
        assertThat(run.status()).isEqualTo(3);
        assertThat(run.err()).contains("4194305: there is no such process");
    }
}
