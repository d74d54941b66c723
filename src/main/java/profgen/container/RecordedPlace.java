package profgen.container;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A container in which profgen records.
 *
 * @param folder in it: there are the tracer, and the folder for journals
 * @param shared that folder, on this machine
 */
public record RecordedPlace(EngineKind kind, String container, String folder, Path shared, Entrance entrance) {
    public static final String SHARED = "/shared";
    public static final String TRACER = "/tracer";
    private static final String NAME = "/.profgen";

    /** How a further command is run in it. */
    @FunctionalInterface
    public interface Entrance {
        /**
         * The command line of the client that does it.
         *
         * @param options of {@code docker exec}
         */
        List<String> line(List<String> options, List<String> command);
    }

    /** @param mounts as inspect prints them, or as a bundle has them */
    static Optional<RecordedPlace> of(EngineKind kind, String container, JsonNode mounts, Entrance entrance) {
        for (JsonNode mount : mounts) {
            String target = text(mount, "Destination");
            if (target.endsWith(NAME + SHARED)) {
                String folder = target.substring(0, target.length() - SHARED.length());
                return Optional.of(
                        new RecordedPlace(kind, container, folder, Path.of(text(mount, "Source")), entrance));
            }
        }
        return Optional.empty();
    }

    private static String text(JsonNode mount, String key) {
        String small = key.substring(0, 1).toLowerCase(Locale.ROOT) + key.substring(1);
        return mount.path(mount.has(key) ? key : small).asText();
    }
}
