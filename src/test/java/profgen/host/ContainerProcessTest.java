package profgen.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import profgen.BadInputException;
import profgen.HostException;

/** The answers are what the four said of containers and of names that they do not know. */
class ContainerProcessTest {
    private static final Command NOT_OF_DOCKER = new Command(1, "Error response from daemon: No such container: web");
    private static final Command NOT_OF_PODMAN = new Command(125, "Error: inspecting object: no such container web");
    private static final Command NOT_OF_RUNC =
            new Command(1, "time=\"2026-01-01T00:00:00Z\" level=error msg=\"container does not exist\"");
    private static final Command NOT_OF_CRUN =
            new Command(1, "error opening file `/run/crun/web/status`: No such file or directory");
    private static final Command NO_DAEMON = new Command(
            1, "Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?");

    @Test
    void the_first_engine_that_knows_it_answers() {
        assertThat(find(Map.of(
                        "docker", NOT_OF_DOCKER, "podman", new Command(0, "{\"status\":\"running\",\"pid\":4711}"))))
                .isEqualTo(new ContainerProcess("podman", "web", 4711));
    }

    @Test
    void a_runtimes_state_is_several_lines() {
        Command state = new Command(0, "{\n  \"ociVersion\": \"1.0.2\",\n  \"pid\": 12,\n  \"status\": \"running\"\n}");
        assertThat(find(Map.of("docker", NOT_OF_DOCKER, "runc", state)))
                .isEqualTo(new ContainerProcess("runc", "web", 12));
    }

    @Test
    void a_daemon_that_does_not_answer_hides_nothing_that_another_knows() {
        assertThat(find(Map.of("docker", NO_DAEMON, "podman", new Command(0, "{\"status\":\"running\",\"pid\":1}")))
                        .engine())
                .isEqualTo("podman");
    }

    @Test
    void a_name_that_nobody_knows_is_the_callers_mistake() {
        assertThatThrownBy(() -> find(Map.of(
                        "docker", NOT_OF_DOCKER, "podman", NOT_OF_PODMAN, "runc", NOT_OF_RUNC, "crun", NOT_OF_CRUN)))
                .isInstanceOf(BadInputException.class)
                .hasMessage("container web: there is none, says docker, podman, runc, crun");
    }

    @Test
    void a_daemon_that_does_not_answer_is_told_when_nobody_else_knows_it() {
        assertThatThrownBy(() -> find(Map.of("docker", NO_DAEMON, "podman", NOT_OF_PODMAN)))
                .isInstanceOf(HostException.class)
                .hasMessageStartingWith("container web: not found; docker: Cannot connect");
    }

    @Test
    void a_container_that_does_not_run_has_no_process() {
        assertThatThrownBy(() -> find(Map.of("docker", new Command(0, "{\"status\":\"exited\",\"pid\":0}"))))
                .isInstanceOf(BadInputException.class)
                .hasMessage("container web: does not run, says docker (exited)");
        assertThatThrownBy(() -> find(Map.of("docker", new Command(0, "{\"status\":\"paused\",\"pid\":9}"))))
                .isInstanceOfSatisfying(
                        BadInputException.class,
                        failure -> assertThat(failure.hint()).isEqualTo("docker unpause it"));
    }

    @Test
    void without_any_engine_there_is_nobody_to_ask() {
        assertThatThrownBy(() -> find(Map.of()))
                .isInstanceOf(HostException.class)
                .hasMessage("container web: none of docker, podman, runc, crun is installed");
    }

    private static ContainerProcess find(Map<String, Command> answers) {
        List<String> installed = List.of("docker", "podman", "runc", "crun").stream()
                .filter(answers::containsKey)
                .toList();
        return ContainerProcess.find("web", installed, words -> {
            assertThat(words).endsWith("--", "web");
            return answers.getOrDefault(words.get(0), NOT_OF_DOCKER);
        });
    }
}
