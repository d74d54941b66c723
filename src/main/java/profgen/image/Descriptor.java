package profgen.image;

import java.util.Optional;
import java.util.stream.Stream;
import profgen.BadInputException;

/**
 * OCI's pointer to a blob.
 *
 * @param architecture of {@code platform}, as are {@code os} and {@code variant}: empty where none is given
 * @param name of the image, from an annotation
 */
record Descriptor(
        String mediaType,
        Digest digest,
        long size,
        String os,
        String architecture,
        String variant,
        Optional<String> name) {
    static Descriptor read(Json value) {
        Optional<Json> platform = value.find("platform");
        return new Descriptor(
                value.find("mediaType").map(Json::text).orElse(""),
                Digest.read(value.get("digest")),
                value.get("size").count(),
                text(platform, "os"),
                text(platform, "architecture"),
                text(platform, "variant"),
                value.find("annotations").flatMap(Descriptor::name));
    }

    private static String text(Optional<Json> platform, String key) {
        return platform.flatMap(found -> found.find(key)).map(Json::text).orElse("");
    }

    private static Optional<String> name(Json annotations) {
        return Stream.of("io.containerd.image.name", "org.opencontainers.image.ref.name")
                .flatMap(key -> annotations.find(key).stream())
                .map(Json::text)
                .findFirst();
    }

    /** Some writers of old leave the media type out: then the manifest's keys tell. */
    boolean isIndex(Json document) {
        String type =
                mediaType.isEmpty() ? document.find("mediaType").map(Json::text).orElse("") : mediaType;
        return type.endsWith("image.index.v1+json")
                || type.endsWith("manifest.list.v2+json")
                || (type.isEmpty() && document.find("manifests").isPresent());
    }

    /** @throws BadInputException for other bytes than these */
    void check(Blobs blobs, long foundSize, Digest found) {
        if (foundSize != size) {
            throw blobs.problem(
                    digest.blob(), foundSize + " bytes where " + size + " are promised: altered or cut off");
        }
        if (!found.equals(digest)) {
            throw blobs.problem(digest.blob(), "its content has the digest " + found + ": altered");
        }
    }
}
