package profgen.container;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import profgen.image.Healthcheck;

/** Reads what {@code image inspect} of docker and podman prints. */
final class ImageFactsJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ImageFactsJson() {}

    static ImageFacts parse(String reference, String text) {
        JsonNode image = tree(text);
        JsonNode config = image.path("Config");
        String id = image.path("Id").asText();
        return new ImageFacts(
                reference,
                id.contains(":") ? id : "sha256:" + id,
                texts(image.path("RepoDigests")),
                image.path("Architecture").asText().toLowerCase(Locale.ROOT),
                texts(config.path("Entrypoint")),
                texts(config.path("Cmd")),
                texts(config.path("Env")),
                config.path("User").asText(),
                config.path("WorkingDir").asText(),
                config.path("StopSignal").asText(),
                healthCheck(config.path("Healthcheck"), shell(config))
                        .or(() -> healthCheck(image.path("HealthCheck"), shell(config))));
    }

    static JsonNode tree(String text) {
        try {
            JsonNode root = JSON.readTree(text);
            return root.isArray() ? root.path(0) : root;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an engine's answer is no JSON: " + text, e);
        }
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(item -> texts.add(item.asText()));
        return texts;
    }

    private static List<String> shell(JsonNode config) {
        List<String> own = texts(config.path("Shell"));
        return own.isEmpty() ? HealthCheck.SHELL : own;
    }

    private static Optional<HealthCheck> healthCheck(JsonNode check, List<String> shell) {
        List<String> command = new Healthcheck(
                        texts(check.path("Test")), Duration.ZERO, Duration.ZERO, Duration.ZERO, 0)
                .command(shell);
        return command.isEmpty()
                ? Optional.empty()
                : Optional.of(HealthCheck.of(command, nanos(check.path("Interval")), nanos(check.path("Timeout"))));
    }

    private static Duration nanos(JsonNode time) {
        return Duration.ofNanos(time.asLong());
    }
}
