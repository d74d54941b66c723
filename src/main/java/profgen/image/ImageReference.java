package profgen.image;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import profgen.BadInputException;

/** What {@code --image} names: an image that an engine has, or one that lies in a file or a folder. */
public sealed interface ImageReference {
    /** @param name as the engine takes it, e.g. {@code nginx:1.27}; not looked into */
    record Named(String name) implements ImageReference {}

    /**
     * An archive or a layout; which of the two, {@link ImageArchive#open} sees.
     *
     * @param tag which of several images: a whole name, or what follows its last colon
     */
    record Stored(Path path, Optional<String> tag) implements ImageReference {}

    /**
     * {@code oci:DIR[:TAG]}, {@code oci-archive:FILE[:TAG]}, {@code docker-archive:FILE[:TAG]}; a path with {@code /}, {@code ./} or {@code ../} in
     * front or an archive's ending; all else is an engine's name. Behind a prefix the first colon ends the path, so such a path can have none.
     */
    static ImageReference parse(String text) {
        for (String prefix : List.of("oci:", "oci-archive:", "docker-archive:")) {
            if (text.startsWith(prefix)) {
                return stored(text, text.substring(prefix.length()));
            }
        }
        if (text.isBlank()) {
            throw new BadInputException("--image: expected an image's name, an archive or oci:DIR, found nothing");
        }
        if (text.matches("(?s)\\.{0,2}/.*") || text.matches("(?s).*\\.(tar|tar\\.gz|tgz|tar\\.zst|tzst)")) {
            return new Stored(path(text), Optional.empty());
        }
        return new Named(text);
    }

    private static Stored stored(String text, String rest) {
        String[] parts = rest.split(":", 2);
        if (parts[0].isEmpty() || (parts.length == 2 && parts[1].isEmpty())) {
            throw new BadInputException("--image " + text + ": expected PREFIX:PATH or PREFIX:PATH:TAG");
        }
        return new Stored(path(parts[0]), parts.length == 2 ? Optional.of(parts[1]) : Optional.empty());
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new BadInputException("--image " + text + ": not a path here: " + e.getReason());
        }
    }
}
