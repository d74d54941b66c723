package profgen.image;

import java.util.List;
import java.util.Optional;
import profgen.BadInputException;

/** The names of an archive's images. */
final class Names {
    private Names() {}

    /** Whether one of an image's names, or its part behind the last colon, is the wanted one; no wish fits all. */
    static boolean fits(Optional<String> tag, List<String> names) {
        return tag.isEmpty()
                || names.stream().anyMatch(name -> name.equals(tag.get()) || name.endsWith(":" + tag.get()));
    }

    static BadInputException none(Blobs blobs, Optional<String> tag) {
        return new BadInputException(blobs.source() + ": no image"
                + tag.map(name -> " called " + Raw.quoted(name)).orElse(" in it"));
    }

    static BadInputException several(Blobs blobs, List<String> names) {
        String listed =
                String.join(", ", names.stream().map(Raw::quoted).limit(10).toList());
        return new BadInputException(
                blobs.source() + ": " + names.size() + " images: " + listed,
                "name one of them: oci:DIR:TAG, oci-archive:FILE:TAG or docker-archive:FILE:TAG");
    }
}
