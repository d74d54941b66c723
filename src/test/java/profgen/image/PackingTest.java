package profgen.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import profgen.BadInputException;

class PackingTest {
    @TempDir
    Path folder;

    private static final List<byte[]> LAYERS = List.of(
            new Tar().folder("etc").file("etc/a", "one").file("etc/b", "two").bytes(),
            new Tar().file("etc/a", "three").file("etc/.wh.b", "").bytes());

    @ParameterizedTest
    @EnumSource(Packing.class)
    void every_way_of_packing_has_the_same_files_in_it(Packing packing) {
        Path image = packing.pack(folder, LAYERS);

        try (Rootfs rootfs = Trees.unpack(folder, image, Limits.DEFAULT)) {
            assertThat(Trees.list(rootfs.path())).isEqualTo(Map.of("etc", "/", "etc/a", "three"));
            assertThat(rootfs.remarks().stream().map(Remark::kind).filter(kind -> !kind.equals("owners-not-kept")))
                    .isEmpty();
        }
        assertThat(folder.resolve("unpacked")).doesNotExist();
    }

    @Test
    void modes_and_times_are_kept_and_nobody_else_gets_in() throws IOException {
        Path image = Packing.OCI_GZIP.pack(
                folder,
                List.of(new Tar()
                        .folder("d", 0751)
                        .file("d/su", "x", 04755)
                        .file("d/none", "x", 0)
                        .bytes()));

        try (Rootfs rootfs = Trees.unpack(folder, image, Limits.DEFAULT)) {
            assertThat(mode(rootfs.path().resolve("d"))).isEqualTo("751");
            assertThat(mode(rootfs.path().resolve("d/su"))).isEqualTo("4755");
            assertThat(mode(rootfs.path().resolve("d/none"))).isEqualTo("0");
            assertThat(mode(rootfs.path())).isEqualTo("755");
            assertThat(mode(folder.resolve("unpacked"))).isEqualTo("700");
            assertThat(Files.getLastModifiedTime(rootfs.path().resolve("d")).toMillis())
                    .isEqualTo(1_700_000_000_000L);
        }
    }

    private static String mode(Path path) throws IOException {
        return Integer.toOctalString((int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS) & 07777);
    }

    @Test
    void what_was_altered_or_cut_off_is_noticed_before_anything_of_it_is_used() throws IOException {
        Path image = Packing.OCI_FOLDER.pack(folder, LAYERS);
        Path blob = image.resolve(Digest.of(LAYERS.get(1)).blob());
        byte[] altered = LAYERS.get(1).clone();
        altered[520]++;

        Files.write(blob, altered);
        refused(image, blob.getFileName() + ": its content has the digest sha256:");
        Files.write(blob, Arrays.copyOf(altered, 512));
        refused(image, "512 bytes where " + altered.length + " are promised: altered or cut off");
        Files.delete(blob);
        refused(image, "this layer is missing");
    }

    @Test
    void the_tar_in_a_layer_must_be_that_of_the_configuration() {
        String config =
                Packing.CONFIG.replace("%s", "\"" + Digest.of(new byte[1]) + "\",\"" + Digest.of(new byte[2]) + "\"");

        refused(Packing.DOCKER.pack(folder, config, LAYERS), "layer 1 of 2: its tar has the digest sha256:");
        refused(
                Packing.OCI_GZIP.pack(folder, Packing.CONFIG.replace("%s", ""), LAYERS),
                "2 layers, but 0 rootfs.diff_ids in the configuration");
    }

    @Test
    void an_archive_that_ends_too_early_is_refused() throws IOException {
        Path image = Packing.DOCKER.pack(folder, LAYERS);
        byte[] whole = Files.readAllBytes(image);

        Files.write(image, Arrays.copyOf(whole, 2000));
        refused(image, "DOCKER: after entry \"l0/layer.tar\": Truncated TAR archive");
        byte[] zipped = Packing.gzip(whole);
        Files.write(image, Arrays.copyOf(zipped, zipped.length / 2));
        refused(image, "DOCKER: cannot be read: ");
        Files.write(image, new byte[0]);
        refused(image, "not an image: neither index.json nor manifest.json in it");
        Files.writeString(image, "no tar".repeat(200));
        refused(image, "DOCKER: Corrupted TAR archive");
    }

    @Test
    void other_compressions_are_named() {
        byte[] xz = {(byte) 0xfd, '7', 'z', 'X', 'Z', 0, 1, 2};

        refused(Packing.DOCKER.pack(folder, List.of(xz)), "layer 1 of 1: compressed with xz; gzip and zstd are read");
    }

    @Test
    void a_folder_that_is_there_already_is_left_alone() throws IOException {
        Files.createDirectory(folder.resolve("unpacked"));

        assertThatThrownBy(() -> Trees.unpack(folder, Packing.DOCKER.pack(folder, LAYERS), Limits.DEFAULT))
                .isInstanceOf(BadInputException.class)
                .hasMessageEndingWith("unpacked: is there already");
        assertThat(folder.resolve("unpacked")).isEmptyDirectory();
    }

    private void refused(Path image, String problem) {
        assertThatThrownBy(() -> Trees.unpack(folder, image, Limits.DEFAULT))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining(image.toString())
                .hasMessageContaining(problem);
        assertThat(folder.resolve("unpacked")).doesNotExist();
    }
}
