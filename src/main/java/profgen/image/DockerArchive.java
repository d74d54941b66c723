package profgen.image;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code manifest.json}: what {@code docker save} wrote before it began to write layouts, and other tools still do. */
final class DockerArchive {
    static final String MANIFEST = "manifest.json";
    /** The configuration's file is called after its digest. */
    private static final Pattern CONFIG = Pattern.compile("(?:.*/)?([0-9a-f]{64})(?:\\.json)?");

    private DockerArchive() {}

    static Contents read(Blobs blobs, Platform platform, Optional<String> tag) {
        Json manifest = Json.parse(blobs.document(MANIFEST), blobs.source() + ": " + MANIFEST);
        List<Json> images = manifest.list().stream()
                .filter(image -> Names.fits(tag, names(image)))
                .toList();
        if (images.isEmpty()) {
            throw Names.none(blobs, tag);
        }
        if (images.size() > 1) {
            throw Names.several(
                    blobs,
                    images.stream()
                            .map(image -> names(image).stream().findFirst().orElse("(without a name)"))
                            .toList());
        }
        Json image = images.get(0);
        ConfigFile config = config(blobs, image.get("Config").text()).checked(blobs, platform);
        return Contents.of(
                blobs,
                config,
                image.get("Layers").texts(),
                List.of(),
                names(image).stream().findFirst());
    }

    private static List<String> names(Json image) {
        return image.find("RepoTags").map(Json::texts).orElse(List.of());
    }

    private static ConfigFile config(Blobs blobs, String name) {
        byte[] bytes = blobs.document(name);
        Digest digest = Digest.of(bytes);
        Matcher matcher = CONFIG.matcher(name);
        if (matcher.matches() && !matcher.group(1).equals(digest.hex())) {
            throw blobs.problem(name, "its content has the digest " + digest + ": altered");
        }
        return ConfigFile.read(Json.parse(bytes, blobs.source() + ": " + Raw.line(name)), digest);
    }
}
