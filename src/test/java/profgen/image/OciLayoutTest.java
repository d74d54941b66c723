package profgen.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import profgen.BadInputException;

class OciLayoutTest {
    private static final String INDEX = "application/vnd.oci.image.index.v1+json";

    @TempDir
    Path folder;

    private final Map<String, byte[]> files = new LinkedHashMap<>();
    private final List<String> manifests = new ArrayList<>();

    /** An image without layers; its user tells it from the others. */
    private String image(String architecture, String user) {
        String config = "{\"architecture\":\"" + architecture + "\",\"os\":\"linux\",\"config\":{\"User\":\"" + user
                + "\"},\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[]}}";
        return Packing.OCI_FOLDER.manifest(files, config.getBytes(StandardCharsets.UTF_8), List.of());
    }

    private static String with(String descriptor, String more) {
        return descriptor.replaceFirst("}$", "," + more + "}");
    }

    private static String on(String os, String architecture, String descriptor) {
        return with(descriptor, "\"platform\":{\"os\":\"" + os + "\",\"architecture\":\"" + architecture + "\"}");
    }

    private static String named(String name, String descriptor) {
        return with(descriptor, "\"annotations\":{\"org.opencontainers.image.ref.name\":\"" + name + "\"}");
    }

    private String index(String... descriptors) {
        return "{\"schemaVersion\":2,\"manifests\":[" + String.join(",", descriptors) + "]}";
    }

    private String user(Platform platform, Optional<String> tag) {
        files.put("index.json", index(manifests.toArray(String[]::new)).getBytes(StandardCharsets.UTF_8));
        Packing.writeAll(folder, files);
        try (Image image = ImageArchive.open(new ImageReference.Stored(folder, tag), platform, Limits.DEFAULT)) {
            return image.config().user();
        }
    }

    @Test
    void the_image_for_the_platform_is_taken_from_an_index_in_an_index() {
        byte[] inner = index(
                        on("linux", "arm64", image("arm64", "arm")),
                        on("linux", "loong64", image("loong64", "loong")),
                        on("linux", "amd64", image("amd64", "amd")),
                        on("unknown", "unknown", image("unknown", "attestation")))
                .getBytes(StandardCharsets.UTF_8);
        manifests.add(named("app:1", Packing.blob(files, INDEX, inner)));

        assertThat(user(Platform.AMD64, Optional.empty())).isEqualTo("amd");
        assertThat(user(Platform.LOONG64, Optional.of("1"))).isEqualTo("loong");
    }

    @Test
    void a_manifest_without_a_platform_has_that_of_its_configuration() {
        manifests.addAll(List.of(image("amd64", "amd"), image("loongarch64", "loong")));

        assertThat(user(Platform.LOONG64, Optional.empty())).isEqualTo("loong");
    }

    @Test
    void blobs_of_other_platforms_may_be_missing() {
        manifests.addAll(
                List.of(on("linux", "arm64", image("arm64", "arm")), on("linux", "amd64", image("amd64", "amd"))));
        files.remove(manifests.get(0).replaceFirst(".*sha256:([0-9a-f]+).*", "blobs/sha256/$1"));

        assertThat(user(Platform.AMD64, Optional.empty())).isEqualTo("amd");
    }

    @Test
    void without_an_image_for_the_platform_the_others_are_listed() {
        manifests.addAll(List.of(
                on("linux", "s390x", image("s390x", "")),
                on("windows", "amd64", image("amd64", "")),
                image("arm64", ""),
                on("unknown", "unknown", image("unknown", ""))));

        assertThatThrownBy(() -> user(Platform.AMD64, Optional.empty()))
                .isInstanceOf(BadInputException.class)
                .hasMessage(folder + ": no image for linux/amd64; there are"
                        + " \"linux/arm64\", \"linux/s390x\", \"windows/amd64\"");
    }

    @Test
    void of_several_images_one_is_to_be_named() {
        manifests.addAll(List.of(
                named("app:1", image("amd64", "first")),
                named("app:2", image("amd64", "second")),
                named("app:1", image("amd64", "first"))));

        assertThat(user(Platform.AMD64, Optional.of("2"))).isEqualTo("second");
        assertThatThrownBy(() -> user(Platform.AMD64, Optional.empty()))
                .hasMessage(folder + ": 2 images: \"app:1\", \"app:2\"");
        assertThatThrownBy(() -> user(Platform.AMD64, Optional.of("3"))).hasMessage(folder + ": no image called \"3\"");
    }

    @Test
    void indexes_that_hold_each_other_many_times_over_end() {
        String descriptor = image("amd64", "");
        for (int depth = 0; depth < 3; depth++) {
            String[] copies = new String[20];
            java.util.Arrays.fill(copies, descriptor);
            descriptor = Packing.blob(files, INDEX, index(copies).getBytes(StandardCharsets.UTF_8));
        }
        manifests.add(descriptor);

        assertThatThrownBy(() -> user(Platform.AMD64, Optional.empty()))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("more than 1000 manifests");
    }

    @Test
    void a_digest_is_no_path() {
        manifests.add(image("amd64", "").replaceFirst("sha256:[0-9a-f]*", "sha256:../../etc/passwd"));

        assertThatThrownBy(() -> user(Platform.AMD64, Optional.empty()))
                .hasMessage(folder + ": index.json: manifests[0].digest:"
                        + " expected sha256: and 64 hex digits, found \"sha256:../../etc/passwd\"");
    }
}
