package profgen.host;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import profgen.BadInputException;
import profgen.HostException;

/**
 * The first process of a running container.
 *
 * @param engine who knows the container: docker, podman, runc or crun
 * @param pid on this machine
 */
public record ContainerProcess(String engine, String name, int pid) {
    private static final List<String> ENGINES = List.of("docker", "podman", "runc", "crun");
    /** What each says of a name that it does not know. */
    private static final Map<String, String> UNKNOWN = Map.of(
            "docker", "no such (container|object)",
            "podman", "no such (container|object)",
            "runc", "does not exist|invalid",
            "crun", "no such file|invalid");

    private static final List<String> RUNTIMES = List.of("runc", "crun");
    private static final int SECONDS = 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Asks the engines and runtimes that are installed, one after the other.
     *
     * @param name or id
     * @throws BadInputException if there is no such container, or it does not run
     * @throws HostException if none is installed, or none that answers knows it
     */
    public static ContainerProcess find(String name) {
        return find(name, ENGINES.stream().filter(Command::exists).toList(), words -> Command.run(SECONDS, words));
    }

    /** Runs a command. */
    interface Shell {
        Command run(List<String> words);
    }

    static ContainerProcess find(String name, List<String> engines, Shell shell) {
        String object = "container " + name + ": ";
        if (engines.isEmpty()) {
            throw new HostException(object + "none of " + String.join(", ", ENGINES) + " is installed");
        }
        List<String> failures = new ArrayList<>();
        for (String engine : engines) {
            Command answer = shell.run(question(engine, name));
            if (answer.succeeded()) {
                return running(engine, name, state(engine, answer.text()));
            }
            if (!doesNotKnow(engine, answer)) {
                failures.add(engine + ": " + answer.lastLine());
            }
        }
        if (failures.isEmpty()) {
            throw new BadInputException(object + "there is none, says " + String.join(", ", engines));
        }
        throw new HostException(object + "not found; " + String.join("; ", failures));
    }

    private static List<String> question(String engine, String name) {
        if (RUNTIMES.contains(engine)) {
            return List.of(engine, "state", "--", name);
        }
        String format = "{\"status\":\"{{.State.Status}}\",\"pid\":{{.State.Pid}}}";
        return List.of(engine, "inspect", "--type", "container", "--format", format, "--", name);
    }

    private static boolean doesNotKnow(String engine, Command answer) {
        return Pattern.compile(UNKNOWN.getOrDefault(engine, "no such"), Pattern.CASE_INSENSITIVE)
                .matcher(answer.text())
                .find();
    }

    private static JsonNode state(String engine, String text) {
        try {
            return JSON.readTree(text.substring(Math.max(0, text.indexOf('{'))));
        } catch (JsonProcessingException e) {
            throw new HostException(engine + ": an answer that is not understood: " + text);
        }
    }

    private static ContainerProcess running(String engine, String name, JsonNode state) {
        String status = state.path("status").asText();
        int pid = state.path("pid").asInt();
        if (!status.equals("running") || pid <= 0) {
            throw new BadInputException(
                    "container " + name + ": does not run, says " + engine + " (" + status + ")",
                    Optional.of(status)
                            .filter("paused"::equals)
                            .map(paused -> engine + " unpause it")
                            .orElse(null));
        }
        return new ContainerProcess(engine, name, pid);
    }
}
