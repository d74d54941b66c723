package profgen.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each back end and the built-in container on the kernels of Debian's releases: 5.10, 6.1, 6.12, and the newest. */
class KernelsVM {
    private static final String TESTS = String.join(
            " ",
            "test/run",
            "probe_test.sh",
            "tracer_test.sh",
            "calls_test.sh",
            "sandboxed_tracing_test.sh",
            "filters_test.sh",
            "late_test.sh",
            "ebpf_test.sh");

    /** The sets that run once more under another back end. */
    private static final String WITHOUT = TracerTests.TOO_MANY + "\\|what_holds_of";

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    /* Two at a time, with a processor each. */
    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest
    @ValueSource(strings = {"bullseye", "bookworm", "trixie", "sid"})
    void each_back_end_works_or_says_what_the_kernel_lacks(String release) throws IOException {
        LoongMachine machine = LoongMachine.open();
        Map<String, String> skipped = TracerTests.skipped(
                machine,
                machine.tracer("x86_64"),
                folder,
                List.of("-k", release, "-p", "1"),
                "JOBS=2 WITHOUT=" + WITHOUT + " " + TESTS);
        assertThat(skipped.values())
                .allMatch(reason -> reason.contains("kernel") || reason.contains("Linux 5.12 or later"));
        List<JsonNode> facts = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("probe"))) {
            facts.add(JSON.readTree(line));
        }
        assertThat(facts).extracting(fact -> fact.path("feature").asText()).contains("ptrace", "sandbox", "ebpf");
        assertThat(facts).allMatch(fact -> fact.path("works").isBoolean());
        assertThat(facts)
                .filteredOn(fact -> !fact.path("works").asBoolean())
                .allMatch(fact -> !fact.path("reason").asText().isEmpty()
                        && !fact.path("remedy").asText().isEmpty());
    }
}
