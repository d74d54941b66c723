package profgen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each folder of testdata/diff: two files, and what the command prints in each format. {@code -Dprofgen.update=true} writes it anew. */
class DiffCommandTest {
    private static final String GATE = "testdata/diff/gate-lifted/";
    private static final List<String> BEFORE = List.of(
            "{",
            "\"defaultAction\": \"SCMP_ACT_ERRNO\",",
            "\"syscalls\": [{\"names\": [\"mount\"], \"action\": \"SCMP_ACT_ALLOW\"}]",
            "}");
    private static final List<String> AFTER = List.of(
            "{",
            "\"defaultAction\": \"SCMP_ACT_ERRNO\",",
            "\"archMap\": [{\"architecture\": \"SCMP_ARCH_X86_64\",",
            "  \"subArchitectures\": [",
            "    \"SCMP_ARCH_X86\"]}],",
            "\"syscalls\": [",
            "  {\"names\": [\"ptrace\"], \"action\": \"SCMP_ACT_ALLOW\", \"includes\": {\"caps\": [\"CAP_SYS_ADMIN\"]}},",
            "  {\"name\": \"ptrace\", \"action\": \"SCMP_ACT_ALLOW\"}]",
            "}");
    private static final String FORM = "testdata/diff/form-only/";
    private static final String RECORDING = "testdata/cases/numactl-show/recording.json";

    @TempDir
    private Path folder = Path.of("unset");

    static Stream<Path> cases() throws IOException {
        try (Stream<Path> folders = Files.list(Path.of("testdata/diff"))) {
            return folders.sorted().toList().stream();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void two_files_differ_as_the_case_says(Path folder) throws IOException {
        for (String format : new String[] {"text", "json", "markdown", "sarif"}) {
            Path expected = folder.resolve("expected." + format);
            Cli run = Cli.run("diff", "--format", format, folder + "/a.json", folder + "/b.json");
            assertThat(run.err()).isEmpty();
            assertThat(run.status()).isEqualTo(folder.endsWith("form-only") ? 0 : 1);
            if (Boolean.getBoolean("profgen.update")) {
                Files.writeString(expected, run.out());
            }
            assertThat(run.out()).as("-Dprofgen.update=true accepts it").isEqualTo(Files.readString(expected));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "loosened, gate-lifted, 1",
        "tightened, gate-lifted, 1",
        "any, gate-lifted, 1",
        "loosened, form-only, 0",
        "any, form-only, 0"
    })
    void the_exit_status_follows_fail_on(String failOn, String folder, int status) {
        String files = "testdata/diff/" + folder;
        assertThat(Cli.run("diff", "--fail-on", failOn, files + "/a.json", files + "/b.json")
                        .status())
                .isEqualTo(status);
    }

    @Test
    void what_only_loosens_does_not_fail_on_tightened() {
        assertThat(Cli.run("diff", "--fail-on", "tightened", "strict", "unconfined")
                        .status())
                .isZero();
        assertThat(Cli.run("diff", "--fail-on", "loosened", "strict", "unconfined")
                        .status())
                .isOne();
    }

    @Test
    void a_host_that_is_named_is_the_only_one() {
        Cli run = Cli.run("diff", "--arch", "x86_64", "--cap-add", "SYS_NICE", GATE + "a.json", GATE + "b.json");
        assertThat(run.out()).doesNotContain("get_mempolicy", "loongarch64");
    }

    @ParameterizedTest
    @CsvSource({"--cap-add=SYS_ADMIN, 1", "--kernel=6.12, 0", "--cap-add=SYS_ADMIN --kernel=6.12, 0"})
    void what_no_option_fixes_is_varied(String options, int status) throws IOException {
        Path gated = profile("gated", ", \"includes\": {\"minKernel\": \"4.8\"}");
        Path always = profile("always", "");
        List<String> words = new ArrayList<>(List.of("diff", "--arch=x86_64", gated.toString(), always.toString()));
        words.addAll(List.of(options.split(" ")));
        Cli run = Cli.run(words.toArray(String[]::new));
        assertThat(run.status()).as(run.out() + run.err()).isEqualTo(status);
    }

    private Path profile(String name, String condition) throws IOException {
        return Files.writeString(folder.resolve(name), """
                {"defaultAction": "SCMP_ACT_ERRNO", "syscalls": [{"names": ["ptrace"], "action": "SCMP_ACT_ALLOW"%s}]}
                """.formatted(condition));
    }

    @Test
    void an_unknown_host_is_bad_input_in_one_line() {
        assertThat(Cli.run("diff", "--arch", "riscv64", FORM + "a.json", FORM + "b.json"))
                .isEqualTo(new Cli(3, "", "profgen: --arch riscv64: expected x86_64 or loongarch64\n"));
        assertThat(Cli.run("diff", "--engine", "lxc", FORM + "a.json", FORM + "b.json")
                        .status())
                .isEqualTo(3);
        assertThat(Cli.run("diff", "--kernel", "new", FORM + "a.json", FORM + "b.json")
                        .status())
                .isEqualTo(3);
        assertThat(Cli.run("diff", "--caps", "CHOWN", "--cap-add", "BPF", FORM + "a.json", FORM + "b.json")
                        .status())
                .isEqualTo(3);
    }

    @Test
    void sarif_has_a_rule_for_every_result() throws IOException {
        JsonNode sarif = new ObjectMapper()
                .readTree(Cli.run("diff", "--format", "sarif", "docker-28", "docker-default")
                        .out());
        JsonNode run = sarif.at("/runs/0");
        assertThat(sarif.at("/version").textValue()).isEqualTo("2.1.0");
        assertThat(run.at("/results")).isNotEmpty().allSatisfy(result -> {
            JsonNode rule =
                    run.at("/tool/driver/rules").get(result.get("ruleIndex").intValue());
            assertThat(rule.get("id")).isEqualTo(result.get("ruleId"));
            assertThat(result.at("/partialFingerprints/profgen~1v1").textValue())
                    .hasSize(16);
        });
    }

    @Test
    void no_run_of_the_architecture_is_not_equal() {
        Cli run = Cli.run("diff", "--arch", "loongarch64", RECORDING, "testdata/cases/pipeline/recording.json");
        assertThat(run.status()).as(run.out()).isEqualTo(3);
        assertThat(run.err()).contains(RECORDING + ": no run of the architecture asked for");
    }

    @Test
    void an_incomplete_recording_is_not_equal_to_anything() {
        String killed = "testdata/journals/killed/recording.json";
        Cli run = Cli.run("diff", killed, killed);
        assertThat(run.status()).as(run.out()).isEqualTo(5);
        assertThat(run.out()).contains("undecided: all calls: " + killed + " is incomplete");
    }

    @Test
    @Timeout(60)
    void a_side_may_come_through_a_pipe() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        for (String file : new String[] {GATE + "a.json", RECORDING}) {
            Process writer = new ProcessBuilder("cp", file, pipe.toString()).start();
            try {
                Cli run = Cli.run("diff", pipe.toString(), file);
                assertThat(run.status()).as(run.out() + run.err()).isZero();
                assertThat(writer.waitFor()).isZero();
            } finally {
                writer.destroyForcibly();
            }
        }
    }

    @Test
    void a_mistake_is_an_object_for_programs() throws IOException {
        Cli run = Cli.run("diff", "--json", "no-such-file", FORM + "a.json");
        assertThat(new ObjectMapper().readTree(run.err()).path("error").isObject())
                .as(run.err())
                .isTrue();
    }

    @Test
    void sarif_points_at_what_answers_now() throws IOException {
        Path before = Files.writeString(folder.resolve("before.json"), String.join("\n", BEFORE));
        Path after = Files.writeString(folder.resolve("after.json"), String.join("\n", AFTER));
        assertThat(lines(before, after))
                .as("in the rule that decides; the default action where a call is no longer named")
                .containsExactlyInAnyOrder(after + ":8 ptrace", after + ":2 mount", after + ":5 i386");
        assertThat(lines(after, Path.of("unconfined")))
                .as("a baseline has no lines")
                .isNotEmpty()
                .allMatch(line -> line.startsWith(after + ":"));
        assertThat(lines(Path.of("unconfined"), Path.of("docker-default")))
                .allMatch(line -> line.startsWith("docker-default:1 "));
    }

    private static List<String> lines(Path before, Path after) throws IOException {
        List<String> lines = new ArrayList<>();
        Cli run = Cli.run(
                "diff",
                "--arch",
                "x86_64",
                "--engine",
                "podman",
                "--format",
                "sarif",
                before.toString(),
                after.toString());
        for (JsonNode result : new ObjectMapper().readTree(run.out()).at("/runs/0/results")) {
            JsonNode place = result.at("/locations/0/physicalLocation");
            String uri = place.at("/artifactLocation/uri").textValue().replaceFirst("file://", "");
            String subject = result.at("/message/text").textValue().replaceFirst("^the ABI ", "");
            lines.add(uri + ":" + place.at("/region/startLine") + " " + subject.replaceFirst("[ :(].*", ""));
        }
        return lines;
    }
}
