package profgen.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import profgen.BadInputException;

class ImageFactsTest {
    private static final String REDIS = """
            [{"Id": "sha256:0123", "RepoDigests": ["redis@sha256:4567"], "Architecture": "amd64",
              "Config": {"Entrypoint": ["docker-entrypoint.sh"], "Cmd": ["redis-server"], "Env": ["A=b"], "User": "redis",
                         "WorkingDir": "/data", "StopSignal": "SIGINT", "Shell": ["/bin/bash", "-c"],
                         "Healthcheck": {"Test": ["CMD-SHELL", "ping"], "Timeout": 5000000000}}}]
            """;

    private final ImageFacts redis = ImageFactsJson.parse("redis:7", REDIS);

    @Test
    void what_inspect_prints_is_read() {
        assertThat(redis)
                .isEqualTo(new ImageFacts(
                        "redis:7",
                        "sha256:0123",
                        List.of("redis@sha256:4567"),
                        "amd64",
                        List.of("docker-entrypoint.sh"),
                        List.of("redis-server"),
                        List.of("A=b"),
                        "redis",
                        "/data",
                        "SIGINT",
                        Optional.of(new HealthCheck(
                                List.of("/bin/bash", "-c", "ping"), Duration.ofSeconds(30), Duration.ofSeconds(5)))));
    }

    @Test
    void podmans_id_without_its_algorithm_and_absent_parts_are_read_too() {
        ImageFacts bare = ImageFactsJson.parse("x", "{\"Id\": \"89ab\", \"Config\": {\"Cmd\": null}}");
        assertThat(bare.id()).isEqualTo("sha256:89ab");
        assertThat(bare.command()).isEmpty();
        assertThat(bare.user()).isEmpty();
        assertThat(bare.healthCheck()).isEmpty();
    }

    @Test
    void arguments_take_the_place_of_the_images_command() {
        assertThat(redis.commandLine(null, List.of())).containsExactly("docker-entrypoint.sh", "redis-server");
        assertThat(redis.commandLine(null, List.of("sh"))).containsExactly("docker-entrypoint.sh", "sh");
    }

    @Test
    void another_entrypoint_does_without_the_images_command() {
        assertThat(redis.commandLine("env", List.of())).containsExactly("env");
        assertThat(redis.commandLine("env", List.of("-i"))).containsExactly("env", "-i");
        assertThat(redis.commandLine("", List.of("ls", "/"))).containsExactly("ls", "/");
    }

    @Test
    void no_command_at_all_is_the_users_to_give() {
        assertThatThrownBy(() -> redis.commandLine("", List.of()))
                .isInstanceOf(BadInputException.class)
                .hasMessage("image redis:7: names no command of its own");
    }
}
