package profgen.container;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import profgen.BadInputException;

/**
 * An image as an engine has it: what a container starts with if nothing else is asked for.
 *
 * @param reference as the user named it
 * @param id {@code sha256:} and 64 hexadecimal digits
 * @param digests {@code NAME@sha256:...}, of a registry; an image made here has none
 * @param architecture Go's name, e.g. {@code amd64}
 * @param environment {@code NAME=VALUE}
 * @param user as {@code --user} takes it, empty for root
 * @param stopSignal a name or a number, empty for TERM
 */
public record ImageFacts(
        String reference,
        String id,
        List<String> digests,
        String architecture,
        List<String> entrypoint,
        List<String> command,
        List<String> environment,
        String user,
        String workdir,
        String stopSignal,
        Optional<HealthCheck> healthCheck) {
    public ImageFacts {
        digests = List.copyOf(digests);
        entrypoint = List.copyOf(entrypoint);
        command = List.copyOf(command);
        environment = List.copyOf(environment);
    }

    /**
     * What a container runs, as Docker puts it together.
     *
     * @param otherEntrypoint null: the image's; empty: none. Another one than the image's does without the image's command too
     * @param arguments in place of the image's command, if there are any
     */
    public List<String> commandLine(@Nullable String otherEntrypoint, List<String> arguments) {
        List<String> words = new ArrayList<>();
        if (otherEntrypoint == null) {
            words.addAll(entrypoint);
        } else if (!otherEntrypoint.isEmpty()) {
            words.add(otherEntrypoint);
        }
        boolean asTheImageSays = otherEntrypoint == null && arguments.isEmpty();
        words.addAll(asTheImageSays ? command : arguments);
        if (words.isEmpty()) {
            throw new BadInputException(
                    "image " + reference + ": names no command of its own",
                    "give one: profgen record --image " + reference + " -- CMD");
        }
        return List.copyOf(words);
    }
}
