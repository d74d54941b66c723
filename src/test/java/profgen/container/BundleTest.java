package profgen.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import profgen.BadInputException;

class BundleTest {
    private static final String NAME = "profgen-00000000-0000-0000-0000-0123456789ab";

    @TempDir
    private Path root;

    @BeforeEach
    void make_a_root_file_system() throws IOException {
        for (String folder : List.of("mnt", "run", "tmp", "etc")) {
            Files.createDirectory(root.resolve(folder));
        }
        Files.writeString(root.resolve("etc/passwd"), "web:x:33:34::/:/bin/sh\n");
        Files.writeString(root.resolve("etc/group"), "logs:x:4:web\n");
    }

    @Test
    void without_options_it_is_dockers_container_on_the_hosts_network() {
        JsonNode config = config(ContainerOptions.NONE, "true");
        assertThat(config.at("/process/args").toString()).isEqualTo("[\"true\"]");
        assertThat(config.at("/process/cwd").asText()).isEqualTo("/");
        assertThat(config.at("/process/user").toString()).isEqualTo("{\"uid\":0,\"gid\":0,\"additionalGids\":[]}");
        assertThat(config.at("/process/capabilities/effective")).hasSize(14);
        assertThat(config.at("/process/capabilities").has("inheritable")).isFalse();
        assertThat(config.at("/process/env").toString())
                .isEqualTo(
                        "[\"HOSTNAME=0123456789ab\",\"PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin\"]");
        assertThat(config.at("/root/readonly").asBoolean()).isFalse();
        assertThat(config.at("/linux/namespaces").findValuesAsText("type"))
                .containsExactly("mount", "uts", "pid", "ipc");
        assertThat(config.at("/linux/seccomp").isMissingNode()).isTrue();
        assertThat(config.at("/linux/maskedPaths")).isNotEmpty();
    }

    @Test
    void every_option_has_its_place() {
        JsonNode config = config(ContainerOptionsTest.all(List.of()), "true");
        assertThat(config.at("/process/user/uid").asInt()).isEqualTo(1000);
        assertThat(config.at("/process/capabilities").toString()).isEqualTo("{\"bounding\":[\"CAP_SYS_NICE\"]}");
        assertThat(config.at("/process/rlimits").toString())
                .isEqualTo("[{\"type\":\"RLIMIT_NOFILE\",\"soft\":64,\"hard\":128}]");
        assertThat(config.at("/process/noNewPrivileges").asBoolean()).isTrue();
        assertThat(config.at("/process/terminal").asBoolean()).isTrue();
        assertThat(config.at("/process/env").toString()).contains("\"A=b\"", "\"TERM=xterm\"", "\"HOSTNAME=box\"");
        assertThat(config.at("/root/readonly").asBoolean()).isTrue();
        assertThat(config.at("/linux/namespaces").findValuesAsText("type")).contains("network");
        String mounts = config.at("/mounts").toString();
        assertThat(mounts)
                .contains("\"/mnt\",\"type\":\"bind\",\"source\":\"/etc\",\"options\":[\"rbind\",\"rprivate\",\"ro\"]");
        assertThat(mounts).contains("\"/run\",\"type\":\"tmpfs\"").contains("\"size=1g\"");
    }

    @Test
    void a_user_by_name_brings_its_groups() {
        assertThat(config(new Changed().user("web").options(), "true")
                        .at("/process/user")
                        .toString())
                .isEqualTo("{\"uid\":33,\"gid\":34,\"additionalGids\":[4]}");
    }

    @ParameterizedTest
    @CsvSource({
        "volume, data:/mnt, --volume data:/mnt: a runtime alone has no volumes: expected /SOURCE:/TARGET[:ro]",
        "volume, /etc:/data, --volume /etc:/data: the root file system has no /data",
        "volume, /no/such:/mnt, --volume /no/such:/mnt: /no/such does not exist",
        "workdir, /data, --workdir /data: the root file system has no /data",
        "network, bridge, --network bridge: a runtime alone has host and none",
        "ulimit, nofile, --ulimit nofile: expected NAME=SOFT[:HARD]",
        "init, '', --init: a runtime has no init of its own",
    })
    void what_a_runtime_cannot_do_is_said_before_it_tries(String option, String value, String message) {
        Changed changed = new Changed();
        ContainerOptions options = switch (option) {
            case "volume" -> changed.volume(value).options();
            case "workdir" -> changed.workdir(value).options();
            case "network" -> changed.network(value).options();
            case "ulimit" -> changed.ulimit(value).options();
            default -> changed.init().options();
        };
        assertThatThrownBy(() -> config(options, "true"))
                .isInstanceOf(BadInputException.class)
                .hasMessage(message);
    }

    @Test
    void what_only_an_engine_knows_is_refused_by_a_runtime_alone() {
        assertThatThrownBy(() -> config(ContainerOptionsTest.ALL, "true"))
                .isInstanceOf(BadInputException.class)
                .hasMessage("--engine-arg --publish=80:80: a runtime alone does not take it");
    }

    private JsonNode config(ContainerOptions options, String command) {
        ContainerSpec spec = ContainerSpec.ofRootfs(root.toString(), options, List.of(command));
        try {
            return new ObjectMapper().readTree(new Bundle(spec, Bundle.bare()).json(NAME));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
