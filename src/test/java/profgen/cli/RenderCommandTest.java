package profgen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
    void wrong_use_is_one_line() {
        assertThat(Cli.run("render", "docker-default", "--for", "lxc").status()).isEqualTo(2);
        assertThat(Cli.run("render", "docker-default", "--for", "kubernetes").err())
                .startsWith("profgen: render: --for kubernetes: expected -o FILE for the profile\n");
        assertThat(Cli.run("render", "docker-default", "--for", "oci", "--arch", "x86_64,loongarch64")
                        .status())
                .isEqualTo(2);
    }
}
