package profgen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Also each folder of testdata/check, named by the answer: a recording, a profile, and what the command prints. {@code -Dprofgen.update=true} writes it anew. */
class CheckCommandTest {
    private static final String NUMACTL = "testdata/journals/numactl/recording.json";
    private static final String RECORDED = "testdata/diff/recordings/b.json";

    @TempDir
    private Path folder = Path.of("");

    static Stream<Path> cases() throws IOException {
        try (Stream<Path> folders = Files.list(Path.of("testdata/check"))) {
            return folders.sorted().toList().stream();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void a_recording_is_checked_as_the_case_says(Path folder) throws IOException {
        String answer = folder.getFileName().toString();
        int status = answer.startsWith("denied") ? 1 : answer.startsWith("undecided") ? 5 : 0;
        for (String format : new String[] {"text", "json", "markdown", "sarif"}) {
            Path expected = folder.resolve("expected." + format);
            Cli run = Cli.run("check", "--format", format, folder + "/profile.json", folder + "/recording.json");
            assertThat(run.err()).isEmpty();
            assertThat(run.status()).as(run.out()).isEqualTo(status);
            if (Boolean.getBoolean("profgen.update")) {
                Files.writeString(expected, run.out());
            }
            assertThat(run.out()).as("-Dprofgen.update=true accepts it").isEqualTo(Files.readString(expected));
        }
    }

    @Test
    void what_docker_denies_is_listed_with_the_gate() {
        Cli run = Cli.run("check", "docker-default", NUMACTL);
        assertThat(run.status()).as(run.err()).isOne();
        assertThat(run.out())
                .startsWith("docker-default: denies something of 24 recorded calls (2 denied)\n")
                .contains("get_mempolicy", "needs CAP_SYS_NICE, which the bounding set lacks", "/usr/bin/numactl");
    }

    @Test
    void the_capability_that_opens_the_gate_makes_it_a_yes() {
        Cli run = Cli.run("check", "docker-default", NUMACTL, "--cap-add", "SYS_NICE");
        assertThat(run.status()).as(run.out()).isZero();
        assertThat(run.out()).startsWith("docker-default: allows all of 24 recorded calls\n");
    }

    @Test
    void a_recorded_value_that_a_rule_does_not_allow_is_denied() throws IOException {
        Cli run = Cli.run("check", profile(1, 2), RECORDED);
        assertThat(run.status()).as(run.out()).isOne();
        assertThat(run.out()).contains("socket(16, 3, 0)").doesNotContain("socket(2, ");
        assertThat(Cli.run("check", profile(16, 2), RECORDED).status()).isZero();
    }

    @Test
    void a_rule_about_an_argument_that_is_not_recorded_is_undecided() throws IOException {
        Path file = folder.resolve("write.json");
        Files.writeString(file, """
                {"defaultAction": "SCMP_ACT_ALLOW", "syscalls": [{"names": ["write"], "action": "SCMP_ACT_ERRNO",
                  "args": [{"index": 0, "value": 2, "op": "SCMP_CMP_EQ"}]}]}
                """);
        Cli run = Cli.run("check", file.toString(), RECORDED);
        assertThat(run.status()).as(run.out()).isEqualTo(5);
        assertThat(run.out()).contains("undecided", "write(2, 0, 0)", "they were not recorded");
    }

    @Test
    void an_incomplete_recording_is_no_yes() {
        Cli run = Cli.run("check", "unconfined", "testdata/journals/killed/recording.json");
        assertThat(run.status()).isEqualTo(5);
        assertThat(run.out()).contains("is incomplete: calls may be missing");
    }

    @Test
    void a_recording_of_another_architecture_says_nothing() {
        Cli run = Cli.run("check", "docker-default", NUMACTL, "--arch", "loongarch64");
        assertThat(run.status()).isEqualTo(3);
        assertThat(run.err()).contains("no run of the architecture asked for");
    }

    @Test
    void every_format_names_the_denied_call() {
        for (String format : new String[] {"json", "markdown", "sarif"}) {
            assertThat(Cli.run("check", "docker-default", NUMACTL, "--format", format)
                            .out()
                            .replace("\\", ""))
                    .contains("set_mempolicy", "docker-default");
        }
    }

    /** Everything but sockets of other families. */
    private String profile(int... families) throws IOException {
        StringBuilder rules = new StringBuilder();
        for (int family : families) {
            rules.append(rules.isEmpty() ? "" : ",").append("""
                    {"names": ["socket"], "action": "SCMP_ACT_ALLOW", "args":
                      [{"index": 0, "value": 4294967295, "valueTwo": %d, "op": "SCMP_CMP_MASKED_EQ"}]}""".formatted(family));
        }
        Path file = folder.resolve("families.json");
        Files.writeString(file, """
                {"defaultAction": "SCMP_ACT_ERRNO", "syscalls": [{"names": ["close", "execve", "exit_group",
                  "get_mempolicy", "mmap", "openat", "write"], "action": "SCMP_ACT_ALLOW"}, %s]}
                """.formatted(rules));
        return file.toString();
    }

    @Test
    void an_incomplete_recording_is_no_yes_for_programs_either() throws IOException {
        String killed = "testdata/journals/killed/recording.json";
        assertThat(new ObjectMapper()
                        .readTree(
                                Cli.run("check", "unconfined", killed, "--json").out())
                        .path("answer")
                        .asText())
                .isEqualTo("incomplete");
        assertThat(Cli.run("check", "unconfined", killed, "--format", "sarif").out())
                .contains("is incomplete: calls may be missing");
    }

    @Test
    void a_profile_with_which_no_container_starts_allows_nothing() throws IOException {
        Path file = folder.resolve("no-default.json");
        Files.writeString(file, """
                {"syscalls": [{"names": ["read"], "action": "SCMP_ACT_ALLOW"}]}
                """);
        Cli run = Cli.run("check", file.toString(), NUMACTL);
        assertThat(run.status()).as(run.out()).isEqualTo(3);
        assertThat(run.err()).contains(file + ": docker refuses it: ");
        assertThat(Cli.run("diff", NUMACTL, file.toString())).isEqualTo(new Cli(3, "", run.err()));
    }

    @Test
    void a_mistake_is_an_object_for_programs() throws IOException {
        Cli run = Cli.run("check", "no-such-file", NUMACTL, "--format", "json");
        assertThat(new ObjectMapper().readTree(run.err()).path("error").isObject())
                .as(run.err())
                .isTrue();
    }
}
