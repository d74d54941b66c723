package profgen.container;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A container in which profgen records.
 *
 * @param folder in it: there are the tracer, and the folder for journals
 * @param shared that folder, on this machine
 */
public record RecordedPlace(String container, String folder, Path shared) {
    public static final String SHARED = "/shared";
    public static final String TRACER = "/tracer";
    private static final String NAME = "/.profgen";

    /** @param mounts as inspect prints them */
    static Optional<RecordedPlace> of(String container, JsonNode mounts) {
        for (JsonNode mount : mounts) {
            String target = mount.path("Destination").asText();
            if (target.endsWith(NAME + SHARED)) {
                String folder = target.substring(0, target.length() - SHARED.length());
                return Optional.of(new RecordedPlace(
                        container, folder, Path.of(mount.path("Source").asText())));
            }
        }
        return Optional.empty();
    }
}
