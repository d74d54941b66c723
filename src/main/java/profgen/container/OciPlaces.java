package profgen.container;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import profgen.BadInputException;

/** The containers of a runtime alone in which this user's profgen records. The folder for temporary files is everybody's: others may imitate them there. */
public final class OciPlaces {
    private static final int NAME_LENGTH = "profgen-".length() + 36;
    /** A container's name, and what the name of its folder has more. */
    private static final Pattern NAMED = Pattern.compile("profgen-[0-9a-f-]{36}[0-9]+");

    private final Path temporary;
    private final Starter starter;

    /** @param temporary where folders of containers are made */
    OciPlaces(Path temporary, Starter starter) {
        this.temporary = temporary;
        this.starter = starter;
    }

    public static OciPlaces here(Starter starter) {
        return new OciPlaces(Path.of(System.getProperty("java.io.tmpdir", "/tmp")), starter);
    }

    /** A container by its name or the beginning of it; bad input if several have it. */
    public Optional<RecordedPlace> find(String container) {
        List<RecordedPlace> found = new ArrayList<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(temporary, "profgen-*")) {
            for (Path folder : folders) {
                String name = folder.getFileName().toString();
                if (name.startsWith(container) && NAMED.matcher(name).matches()) {
                    place(folder, name.substring(0, NAME_LENGTH)).ifPresent(found::add);
                }
            }
        } catch (IOException e) {
            return Optional.empty(); /* there is nothing that could be listed */
        }
        if (found.size() > 1) {
            throw new BadInputException(
                    container + ": several containers of profgen have names that begin so",
                    String.join(
                            ", ",
                            found.stream()
                                    .map(RecordedPlace::container)
                                    .sorted()
                                    .toList()));
        }
        return found.stream().findFirst();
    }

    private Optional<RecordedPlace> place(Path folder, String name) {
        try {
            if (!Files.exists(folder.resolve(OciRuntime.RUNTIME)) || !Owner.isMe(folder)) {
                return Optional.empty();
            }
            String label = Files.readString(folder.resolve(OciRuntime.RUNTIME));
            Optional<EngineKind> kind = Arrays.stream(EngineKind.values())
                    .filter(one -> one.isRuntime() && one.label().equals(label))
                    .findFirst();
            String config = Files.readString(folder.resolve(OciRuntime.CONFIG));
            return kind.flatMap(engine -> RecordedPlace.of(
                    engine,
                    name,
                    ImageFactsJson.tree(config).path("mounts"),
                    (options, words) ->
                            new OciRuntime(engine, starter, Bundle.bare()).execLine(folder, name, options, words)));
        } catch (IOException e) {
            return Optional.empty(); /* it has gone meanwhile, or is another user's */
        }
    }
}
