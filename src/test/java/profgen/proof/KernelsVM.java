package profgen.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each back end and the built-in container on the kernels of Debian's releases. */
class KernelsVM {
    private static final Path EBPF_TESTS = Path.of("tracer-native", "test", "ebpf_test.sh");

    private static final String TESTS = String.join(
            " ",
            "test/run",
            "probe_test.sh",
            "tracer_test.sh",
            "calls_test.sh",
            "sandboxed_tracing_test.sh",
            "filters_test.sh",
            "late_test.sh",
            "" + EBPF_TESTS.getFileName());

    /** The sets that run once more under another back end. */
    private static final String OTHER_SETS = "what_holds_of";

    private static final Pattern NEEDS_EBPF = Pattern.compile("(?m)^(\\w+)\\(\\) \\{\n +_needs_ebpf$");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The one that takes longest first, so that two at a time end at the same time. */
    private enum Kernel {
        /** 7.2 or later */
        SID,
        /** 6.12 */
        TRIXIE,
        /** 6.1 */
        BOOKWORM,
        /** 5.10 */
        BULLSEYE;

        /** What {@code profgen-tracer probe} says that it has not, and the end of its reason; all else works there. */
        Map<String, String> lacks() {
            return this == BULLSEYE ? Map.of("ebpf", "BPF_STX uses reserved fields") : Map.of();
        }

        /** Tests at a time: beside each other they would lose what the newest leaves out. */
        int jobs() {
            return this == SID ? 1 : 2;
        }

        /** The tests that cannot run there, and what they say. */
        Map<String, String> skipped(Map<String, JsonNode> facts) throws IOException {
            return switch (this) {
                case BULLSEYE -> ofEbpf("" + facts.get("ebpf"));
                case BOOKWORM, TRIXIE, SID -> Map.of();
            };
        }

        private static Map<String, String> ofEbpf(String why) throws IOException {
            return NEEDS_EBPF
                    .matcher(Files.readString(EBPF_TESTS))
                    .results()
                    .map(test -> test.group(1))
                    .filter(test -> !test.contains(OTHER_SETS))
                    .collect(Collectors.toMap(test -> test, test -> why));
        }
    }

    @TempDir
    private Path folder;

    /* Two at a time, with a processor each. */
    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest
    @EnumSource
    void each_back_end_works_or_says_what_the_kernel_lacks(Kernel kernel) throws IOException {
        LoongMachine machine = LoongMachine.open();
        Map<String, String> skipped = TracerTests.skipped(
                machine,
                machine.tracer("x86_64"),
                folder,
                List.of("-k", kernel.name().toLowerCase(Locale.ROOT), "-p", "1"),
                "JOBS=" + kernel.jobs() + " WITHOUT=" + TracerTests.TOO_MANY + "\\|" + OTHER_SETS + " " + TESTS);
        Map<String, JsonNode> facts = facts();
        assertThat(facts).containsKeys("ptrace", "sandbox", "seccomp-user-notification");
        facts.forEach((feature, fact) -> {
            boolean lacking = kernel.lacks().containsKey(feature);
            assertThat(fact.path("works").asBoolean()).as("%s", fact).isEqualTo(!lacking);
            if (lacking) {
                assertThat(fact.path("reason").asText()).endsWith(kernel.lacks().get(feature));
                assertThat(fact.path("remedy").asText()).as(feature).isNotEmpty();
            }
        });
        assertThat(kernel == Kernel.SID ? TracerTests.withoutLosses(skipped) : skipped)
                .isEqualTo(kernel.skipped(facts));
    }

    /** What the tracer says that the machine can, by feature. */
    private Map<String, JsonNode> facts() throws IOException {
        Map<String, JsonNode> facts = new TreeMap<>();
        for (String line : Files.readAllLines(folder.resolve("probe"))) {
            JsonNode fact = JSON.readTree(line);
            facts.put(fact.path("feature").asText(), fact);
        }
        return facts;
    }
}
