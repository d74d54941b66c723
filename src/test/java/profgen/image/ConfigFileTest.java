package profgen.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import profgen.BadInputException;

class ConfigFileTest {
    private static ConfigFile read(String config) {
        String file = "{\"architecture\":\"amd64\",\"os\":\"linux\",\"history\":[{\"created_by\":\"x\"}],\"config\":"
                + config + ",\"rootfs\":{\"type\":\"layers\",\"diff_ids\":null}}";
        byte[] bytes = file.getBytes(StandardCharsets.UTF_8);
        return ConfigFile.read(Json.parse(bytes, "app.tar: config.json"), Digest.of(bytes));
    }

    @Test
    void all_that_an_engine_uses_is_read() {
        ImageConfig config =
                read("{\"Entrypoint\":[\"/init\"],\"Cmd\":[\"serve\",\"-v\"],\"Env\":[\"PATH=/bin\",\"A=\"],"
                                + "\"User\":\"www:1\",\"WorkingDir\":\"/srv\",\"StopSignal\":\"SIGQUIT\",\"Unknown\":{},"
                                + "\"ExposedPorts\":{\"80/tcp\":{}},\"Volumes\":{\"/data\":{}},\"Shell\":[\"/bin/bash\",\"-c\"],"
                                + "\"Healthcheck\":{\"Test\":[\"CMD-SHELL\",\"curl -f x\"],\"Interval\":5000000000,\"Retries\":3}}")
                        .config();

        assertThat(config.command(List.of())).containsExactly("/init", "serve", "-v");
        assertThat(config.command(List.of("other"))).containsExactly("/init", "other");
        assertThat(config.env()).containsExactly("PATH=/bin", "A=");
        assertThat(config.user()).isEqualTo("www:1");
        assertThat(config.workingDir()).isEqualTo("/srv");
        assertThat(config.stopSignal()).contains("SIGQUIT");
        assertThat(config.exposedPorts()).containsExactly("80/tcp");
        assertThat(config.volumes()).containsExactly("/data");
        Healthcheck check = config.healthcheck().orElseThrow();
        assertThat(check.command(config.shell())).containsExactly("/bin/bash", "-c", "curl -f x");
        assertThat(check.interval()).isEqualTo(Duration.ofSeconds(5));
        assertThat(check.retries()).isEqualTo(3);
    }

    @Test
    void null_and_nothing_are_the_same() {
        ConfigFile file = read("{\"Cmd\":null,\"Healthcheck\":{\"Test\":[\"NONE\"]}}");

        assertThat(read("null").config().command(List.of())).isEmpty();
        assertThat(file.config().shell()).containsExactly("/bin/sh", "-c");
        assertThat(file.config().healthcheck())
                .hasValueSatisfying(check -> assertThat(check.isDisabled()).isTrue());
        assertThat(file.diffIds()).isEmpty();
    }

    @Test
    void what_is_of_another_type_is_named_by_its_place() {
        refused("{\"Cmd\":\"sh\"}", "config.Cmd: expected a list, found \"sh\"");
        refused("{\"Env\":[1]}", "config.Env[0]: expected a text in quotes, found 1");
        refused("{\"Env\":[\"=x\"]}", "config.Env: expected NAME=VALUE, found \"=x\"");
        refused(
                "{\"Healthcheck\":{\"Interval\":-1}}",
                "config.Healthcheck.Interval: expected a whole number from 0, found -1");
        refused("{\"User\":\"a\",\"User\":\"b\"}", "not JSON: Duplicate field 'User'");
    }

    private static void refused(String config, String problem) {
        assertThatThrownBy(() -> read(config))
                .isInstanceOf(BadInputException.class)
                .hasMessage("app.tar: config.json: " + problem);
    }
}
