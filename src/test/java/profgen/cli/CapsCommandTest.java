package profgen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import profgen.capability.Capability;

class CapsCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void all_capabilities_are_listed_with_what_they_open() {
        Cli run = Cli.run("caps", "--list");
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).hasLineCount(Capability.values().length + 1);
        assertThat(run.out())
                .startsWith("NUMBER  CAPABILITY          SINCE   DOCKER     HERE")
                .containsPattern("(?m)^    18  SYS_CHROOT          2\\.2     default .*  chroot$")
                .containsPattern("(?m)^    23  SYS_NICE            2\\.2     --cap-add .*  get_mempolicy mbind ")
                .containsPattern("(?m)^    39  BPF                 5\\.8     --cap-add .*  bpf$");
    }

    @Test
    void without_a_process_the_callers_own_sets_are_shown() throws IOException {
        JsonNode own = JSON.readTree(Cli.run("caps", "--json").out());
        long pid = ProcessHandle.current().pid();
        assertThat(own.path("process").path("pid").asLong()).isEqualTo(pid);
        JsonNode asked =
                JSON.readTree(Cli.run("caps", "--json", Long.toString(pid)).out());
        assertThat(asked).isEqualTo(own);
        Set<String> any = new TreeSet<>();
        own.path("sets").forEach(set -> set.path("names").forEach(name -> any.add(name.asText())));
        assertThat(own.path("capabilities")).hasSameSizeAs(any);
        assertThat(Cli.run("caps", Long.toString(pid)).out()).startsWith("process       " + pid);
    }

    @ParameterizedTest
    @CsvSource({
        "caps --list 1, caps: --list: takes no process",
        "caps --list --container web, caps: --list: takes no process",
        "caps --container web 1, caps: --container: takes no PID",
        "caps x, 'caps: x: expected the id of a process or thread, a number'",
    })
    void wrong_usage_is_named(String words, String complaint) {
        Cli run = Cli.run(words.split(" ", -1));
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).startsWith("profgen: " + complaint + "\n");
    }
}
