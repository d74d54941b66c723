package profgen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerateCommandTest {
    @TempDir
    private Path folder = Path.of("");

    private String recording = "";
    private Path profile = Path.of("");

    @BeforeEach
    void copyTheRecording() throws IOException {
        Path file = folder.resolve("numactl.recording.json");
        Files.copy(Path.of("testdata/cases/numactl-show/recording.json"), file);
        recording = file.toString();
        profile = folder.resolve("numactl.seccomp.json");
    }

    @Test
    void the_profile_is_written_beside_its_recording_and_said_what_it_is_like() throws IOException {
        Cli cli = Cli.run("generate", recording);
        assertThat(cli.status()).as(cli.err()).isZero();
        assertThat(cli.out()).isEmpty();
        assertThat(cli.err())
                .contains("numactl.seccomp.json: 58 names (24 seen, 27 more for runc/crun start-up, 7 implicit);"
                        + " Docker's default allows 306")
                .contains("gated      get_mempolicy set_mempolicy   CAP_SYS_NICE")
                .contains("run with   --cap-add SYS_NICE");
        assertThat(profile).hasSameTextualContentAs(Path.of("testdata/cases/numactl-show/profile.json"));
    }

    @Test
    void observed_gates_need_no_capability_and_no_implicit_leaves_the_implicit_out() {
        Cli cli = Cli.run("generate", recording, "--gates", "observed", "--no-implicit");
        assertThat(cli.err())
                .contains("lifted     get_mempolicy set_mempolicy")
                .contains(" 0 implicit)")
                .doesNotContain("--cap-add");
        assertThat(Cli.run("generate", recording, "--implicit").err()).contains("7 implicit");
    }

    @Test
    void a_policy_beside_the_recording_counts_and_options_come_on_top() throws IOException {
        Files.writeString(folder.resolve("numactl.policy"), "allow pwritev2 # backup\nruntime crun\n");
        assertThat(Cli.run("generate", recording).err()).contains("1 by policy");
        assertThat(profile).content().contains("allowed by policy: backup").doesNotContain("runc");
        assertThat(Cli.run("generate", recording, "--runtime", "runc").status()).isZero();
        assertThat(profile).content().contains("allowed by policy: backup").contains("runc");
    }

    @Test
    void a_runtime_can_be_one_of_a_version() {
        Cli old = Cli.run("generate", recording, "--runtime", "runc@1.1");
        assertThat(old.status()).as(old.err()).isZero();
        assertThat(profile)
                .content()
                .contains("needed by the start-up of runc up to 1.2.7")
                .doesNotContain("crun");
        Cli cli = Cli.run("generate", recording, "--runtime", "runc@1.3");
        assertThat(cli.status()).as(cli.err()).isZero();
        assertThat(profile)
                .content()
                .contains("needed by the start-up of runc from 1.2.8", "\"openat2\"")
                .doesNotContain("crun");
        Cli unknown = Cli.run("generate", recording, "--runtime", "runc@9");
        assertThat(unknown.status()).isEqualTo(2);
        assertThat(unknown.err()).startsWith("profgen: ").contains("runc@9");
    }

    @Test
    void an_edited_profile_is_kept_without_force() throws IOException {
        Files.writeString(profile, "{}");
        Cli cli = Cli.run("generate", recording);
        assertThat(cli.status()).isEqualTo(3);
        assertThat(cli.err()).contains("is not as profgen wrote it").contains("hint: --force");
        assertThat(profile).hasContent("{}");
        assertThat(Cli.run("generate", recording, "--force").status()).isZero();
        assertThat(Cli.run("generate", recording, "--gates", "observed").status())
                .isZero();
    }

    @Test
    void standard_output_gets_the_profile_and_json_the_summary() {
        Cli profileOut = Cli.run("generate", recording, "-o", "-");
        assertThat(profileOut.out()).startsWith("{\n\t\"defaultAction\": \"SCMP_ACT_ERRNO\",");
        Cli json = Cli.run("generate", recording, "--json");
        assertThat(json.out()).startsWith("{\"file\":").contains("\"capAdd\":[\"SYS_NICE\"]");
        assertThat(Cli.run("generate", recording, "--json", "-o", "-").status()).isEqualTo(2);
    }

    @Test
    void an_unknown_name_is_wrong_usage_with_the_nearest_ones() {
        Cli cli = Cli.run("generate", recording, "--allow", "set_mempolcy");
        assertThat(cli.status()).isEqualTo(2);
        assertThat(cli.err()).contains("--allow \"set_mempolcy\": no such system call: did you mean set_mempolicy");
        assertThat(Cli.run("generate", recording, "--arch", "vax").status()).isEqualTo(2);
        assertThat(Cli.run("generate", recording, "--allow", "read", "--deny", "read")
                        .err())
                .contains("read: both allowed and denied");
    }

    @Test
    void several_recordings_make_one_profile_that_must_be_named() {
        assertThat(Cli.run("generate", recording, recording).status()).isEqualTo(2);
        assertThat(Cli.run("generate", recording, recording, "-o", profile.toString())
                        .status())
                .isZero();
    }
}
