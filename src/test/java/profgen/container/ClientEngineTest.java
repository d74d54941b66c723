package profgen.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import profgen.BadInputException;

/** With programs in the place of an engine's client. */
class ClientEngineTest {
    private static final ContainerSpec SPEC = ContainerSpec.ofImage("x", ContainerOptions.NONE, List.of("true"));

    private static ClientEngine answering(String text) {
        return new ClientEngine(EngineKind.DOCKER, words -> List.of("echo", text));
    }

    @Test
    void an_image_for_another_architecture_is_not_started() {
        ClientEngine engine = answering("{\"Id\": \"sha256:01\", \"Architecture\": \"s390x\", \"Config\": {}}");
        assertThatThrownBy(() -> engine.create(SPEC))
                .isInstanceOf(BadInputException.class)
                .hasMessageStartingWith("image x: is for s390x, this machine is ");
    }

    @Test
    void the_signal_and_the_health_check_are_the_images() {
        ClientEngine engine = answering("{\"Id\": \"sha256:01\", \"Config\": {\"StopSignal\": \"SIGQUIT\","
                + " \"Healthcheck\": {\"Test\": [\"CMD-SHELL\", \"a | b\"], \"Interval\": 2000000000}}}");
        assertThat(engine.stopSignal(SPEC)).isEqualTo("SIGQUIT");
        assertThat(engine.healthCheck(SPEC)).hasValueSatisfying(check -> {
            assertThat(check.command()).containsExactly("/bin/sh", "-c", "a | b");
            assertThat(check.interval()).hasSeconds(2);
        });
    }

    @Test
    void an_image_that_takes_its_check_back_has_none() {
        ClientEngine engine =
                answering("{\"Id\": \"sha256:01\", \"Config\": {\"Healthcheck\": {\"Test\": [\"NONE\"]}}}");
        assertThat(engine.healthCheck(SPEC)).isEmpty();
    }

    /** The engine goes on when the client is no more: here it has made the container by the second question. */
    @ParameterizedTest
    @ValueSource(strings = {"sleep 100", "kill -KILL $$"})
    void a_container_that_comes_after_its_client_is_gone_is_removed(String client) {
        List<String> asked = new ArrayList<>();
        ClientEngine engine = new ClientEngine(
                EngineKind.DOCKER,
                words -> {
                    asked.add(words.get(1));
                    boolean made = Collections.frequency(asked, "container") >= 2 && !asked.contains("rm");
                    return switch (words.get(1)) {
                        case "image" -> List.of("echo", "{\"Id\": \"sha256:01\", \"Config\": {}}");
                        case "create" -> List.of("sh", "-c", client);
                        case "container" ->
                            made
                                    ? List.of("echo", "{\"Running\": false}")
                                    : List.of("sh", "-c", "echo No such container >&2; exit 1");
                        default -> List.of("true");
                    };
                },
                Duration.ofSeconds(2));
        assertThatThrownBy(() -> engine.create(SPEC)).hasMessageStartingWith("docker: ");
        assertThat(asked).containsSubsequence("create", "container", "container", "rm", "container");
    }

    @Test
    void a_container_that_the_engine_refuses_is_removed_again() {
        List<String> asked = new ArrayList<>();
        ClientEngine engine = new ClientEngine(EngineKind.DOCKER, words -> {
            asked.add(words.get(1));
            return words.get(1).equals("image")
                    ? List.of("echo", "{\"Id\": \"sha256:01\", \"Config\": {}}")
                    : List.of("sh", "-c", "echo no such container >&2; exit 1");
        });
        assertThatThrownBy(() -> engine.create(SPEC)).hasMessageStartingWith("docker: ");
        assertThat(asked).containsSubsequence("create", "rm");
    }

    /** @param events what the engine tells of the container's starts */
    private static Container container(EngineKind kind, String events) {
        return new ClientEngine(kind, words -> switch (words.get(1)) {
                    case "image" -> List.of("echo", "{\"Id\": \"sha256:01\", \"Config\": {}}");
                    case "events" -> List.of("printf", "%s", events);
                    default -> List.of("true");
                })
                .create(SPEC);
    }

    @Test
    void an_error_of_the_workload_is_none_of_the_engine() {
        String daemon = "Error response from daemon: OCI runtime create failed";
        assertThat(container(EngineKind.DOCKER, "").wasNotStarted(daemon)).isTrue();
        assertThat(container(EngineKind.DOCKER, "container start 01").wasNotStarted(daemon))
                .isFalse();
        assertThat(container(EngineKind.DOCKER, "").wasNotStarted("no engine\n"))
                .isFalse();
        Container podman = container(EngineKind.PODMAN, "");
        assertThat(podman.wasNotStarted("Error: unable to start container \"01\": crun: x"))
                .isTrue();
        assertThat(podman.wasNotStarted("Error: listen EPERM: OCI runtime")).isFalse();
    }
}
