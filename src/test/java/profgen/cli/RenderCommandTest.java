package profgen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import profgen.profile.Action;
import profgen.profile.ProfileReader;

/** The command: where each part goes, and how it fails. */
class RenderCommandTest {
    @TempDir
    Path folder;

    @Test
    void kubernetes_gets_a_file_for_the_node_and_the_lines_for_the_pod() {
        Path file = folder.resolve("app.json");
        Cli run = Cli.run("render", "docker-default", "--for", "kubernetes", "--arch", "x86_64", "-o", file.toString());
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).isEqualTo("""
                securityContext:
                  seccompProfile:
                    type: Localhost
                    localhostProfile: "app.json"
                """);
        assertThat(ProfileReader.read(file).syscalls())
                .allMatch(rule -> rule.includes().isEmpty() && rule.excludes().isEmpty());
    }

    @Test
    void what_was_decided_is_said_on_standard_error() {
        Cli run = Cli.run("render", "docker-default", "--for", "oci", "--arch", "loongarch64", "--cap-add", "SYS_NICE");
        assertThat(run.err()).contains("decided: for loongarch64, kernel 6.12, docker, bounding set ", "CAP_SYS_NICE");
        assertThat(ProfileReader.parse(run.out(), "oci").archMap()).isEmpty();
    }

    @Test
    void json_holds_the_text_and_the_remarks() throws IOException {
        JsonNode node = new ObjectMapper()
                .readTree(Cli.run("render", "docker-default", "--for", "systemd", "--arch", "x86_64", "--json")
                        .out());
        assertThat(node.get("text").textValue()).contains("[Service]\n");
        assertThat(node.at("/remarks/0/kind").textValue()).isEqualTo("decided");
    }

    @Test
    void the_pod_names_the_file_as_the_user_says() {
        String file = folder.resolve("app.json").toString();
        Cli run = Cli.run("render", "strict", "--for", "kubernetes", "--name", "team/app.json", "-o", file);
        assertThat(run.out()).endsWith("localhostProfile: \"team/app.json\"\n");
        for (String name : List.of("/var/app.json", "../app.json", "a/..")) {
            Cli wrong = Cli.run("render", "strict", "--for", "kubernetes", "--name", name, "-o", file);
            assertThat(wrong.status()).isEqualTo(3);
            assertThat(wrong.err()).startsWith("profgen: localhostProfile " + name + ": expected a path below ");
        }
        Cli none = Cli.run("render", "strict", "--for", "kubernetes", "--name", "", "-o", file);
        assertThat(none.status()).isEqualTo(3);
        assertThat(none.err()).startsWith("profgen: localhostProfile \"\": expected a path below ");
    }

    @Test
    void a_resource_is_named_after_the_profile_unless_the_user_says_otherwise() {
        assertThat(Cli.run("render", "testdata/profiles/good/deny-list.json", "--for", "spo")
                        .out())
                .contains("  name: \"deny-list\"\n");
        assertThat(Cli.run("render", "strict", "--for", "spo", "--name", "app").out())
                .contains("  name: \"app\"\n");
        assertThat(Cli.run("render", "strict", "--for", "spo", "--name", "App").err())
                .startsWith("profgen: resource name App: expected ")
                .contains("\nhint: choose one with --name\n");
    }

    @Test
    void wrong_use_is_one_line() {
        assertThat(Cli.run("render", "strict", "--for", "oci", "--bpf", "raw").err())
                .startsWith("profgen: render: --bpf raw: for bpf only\n");
        assertThat(Cli.run("render", "strict", "--for", "oci", "--name", "x").err())
                .startsWith("profgen: render: --name: for kubernetes and spo only\n");
        assertThat(Cli.run("render", "strict", "--for", "bpf", "--bpf", "raw", "--json")
                        .status())
                .isEqualTo(2);
        assertThat(Cli.run("render", "docker-default", "--for", "lxc").status()).isEqualTo(2);
        assertThat(Cli.run("render", "docker-default", "--for", "kubernetes").err())
                .startsWith("profgen: render: --for kubernetes: expected -o FILE for the profile\n");
        assertThat(Cli.run("render", "docker-default", "--for", "oci", "--arch", "x86_64,loongarch64")
                        .status())
                .isEqualTo(2);
    }

    @Test
    void a_version_of_docker_keeps_conditions_and_another_engine_is_for_one_architecture() {
        Cli old = Cli.run("render", "docker-default", "--for", "podman", "--engine", "docker@28.6");
        assertThat(old.out())
                .isEqualTo(
                        Cli.run("render", "docker-default", "--for", "podman").out());
        assertThat(ProfileReader.parse(old.out(), "podman").syscalls())
                .anyMatch(rule -> !rule.includes().isEmpty());
        Cli two = Cli.run(
                "render", "docker-default", "--for", "docker", "--engine", "podman", "--arch", "x86_64,loongarch64");
        assertThat(two.status()).isEqualTo(2);
        assertThat(two.err()).contains("--for docker: expected one --arch");
    }

    @Test
    void the_name_of_an_error_alone_is_read_as_the_engine_whose_policy_it_is_reads_it() throws IOException {
        Path file = Files.writeString(folder.resolve("app.json"), """
                {"defaultAction": "SCMP_ACT_ERRNO", "syscalls": [
                    {"names": ["read"], "action": "SCMP_ACT_ALLOW"},
                    {"names": ["write"], "action": "SCMP_ACT_ERRNO", "errno": "13"}]}
                """);
        List<String> words = List.of("--for", "podman", "--arch", "x86_64", file.toString());
        Cli docker = render(words, "docker");
        assertThat(docker.status()).isEqualTo(3);
        assertThat(docker.err()).contains("is read by Podman only");
        Cli podman = render(words, "podman");
        assertThat(podman.status()).as(podman.err()).isZero();
        assertThat(ProfileReader.parse(podman.out(), "podman").syscalls())
                .anyMatch(rule ->
                        rule.names().contains("write") && Integer.valueOf(13).equals(rule.errnoRet()));
    }

    private static Cli render(List<String> words, String engine) {
        return Cli.run(Stream.concat(Stream.of("render", "--engine", engine), words.stream())
                .toArray(String[]::new));
    }

    @Test
    void what_an_old_docker_does_not_read_is_not_written_for_an_engine_that_does() throws IOException {
        Path file = Files.writeString(folder.resolve("app.json"), """
                {"defaultAction": "SCMP_ACT_ERRNO", "defaultErrnoRet": 38, "syscalls": [
                    {"names": ["read"], "action": "SCMP_ACT_ALLOW"},
                    {"names": ["write"], "action": "SCMP_ACT_ALLOW", "includes": {"arches": ["loongarch64"]}}]}
                """);
        Cli run = Cli.run("render", "--for", "podman", "--engine", "docker@20.10", file.toString());
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.err()).doesNotContain("other-answer: x86_64").doesNotContain("wider");
        assertThat(ProfileReader.parse(run.out(), "podman").defaultErrnoRet()).isNull();
        assertThat(ProfileReader.parse(run.out(), "podman").syscalls())
                .noneMatch(rule -> rule.names().contains("write") && rule.action() == Action.ALLOW);
    }
}
