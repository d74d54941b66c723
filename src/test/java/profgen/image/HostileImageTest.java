package profgen.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipEncodingHelper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import profgen.BadInputException;

/** Each of these is refused with one line that names the archive and the entry, writes nothing outside and leaves nothing behind. */
class HostileImageTest {
    @TempDir
    Path folder;

    private Path canary;

    @BeforeEach
    void put_a_file_where_attacks_go() throws IOException {
        canary = Files.writeString(folder.resolve("canary"), "alive");
    }

    static Stream<Arguments> layers() {
        return Stream.of(
                Arguments.of(new Tar().file("../canary", "x"), "entry \"../canary\": \"..\" in the name"),
                Arguments.of(new Tar().file("a/../../canary", "x"), "\"..\" in the name"),
                Arguments.of(new Tar().file("/etc/passwd", "x"), "entry \"/etc/passwd\": an absolute path"),
                Arguments.of(new Tar().symlink("l", "../canary"), "a symlink out of the root: \"../canary\""),
                Arguments.of(new Tar().folder("a").symlink("a/l", "b/../../../canary"), "a symlink out of the root"),
                Arguments.of(new Tar().hardLink("h", "../canary"), "a hard link out of the root: \"../canary\""),
                Arguments.of(new Tar().hardLink("h", "/etc/passwd"), "a hard link out of the root: \"/etc/passwd\""),
                Arguments.of(new Tar().hardLink("h", "none"), "a hard link to \"none\", which is not there"),
                Arguments.of(new Tar().file("h", "1").hardLink("h", "./h"), "entry \"h\": a hard link to itself"),
                Arguments.of(new Tar().folder("d").hardLink("h", "d"), "a hard link that cannot be made to \"d\""),
                Arguments.of(new Tar().hardLink("h", "."), "a hard link to the root"),
                Arguments.of(
                        new Tar().symlink("d", "/").symlink("d/d2", "d/d/d").hardLink("h", "d2/etc/passwd"),
                        "a hard link to \"d2/etc/passwd\", which is not there"),
                Arguments.of(
                        new Tar()
                                .folder("a/b")
                                .symlink("s", "a/b")
                                .symlink("s/t", "..")
                                .symlink("s/up", "t/../../x")
                                .file("s/up/canary", "x"),
                        "entry \"s/up/canary\": a symlink on the way leads out of the root"),
                Arguments.of(
                        new Tar()
                                .symlink("here", ".")
                                .symlink("here/x/l", "../..")
                                .file("x/l/../canary", "x"),
                        "\"..\" in the name"),
                Arguments.of(
                        new Tar()
                                .symlink("here", ".")
                                .symlink("here/here/l", "../..")
                                .file("l/canary", "x"),
                        "entry \"l/canary\": a symlink on the way leads out of the root"),
                Arguments.of(
                        new Tar().symlink("a", "b").symlink("b", "a").file("a/x", "x"),
                        "entry \"a/x\": more than 40 symlinks on the way"),
                Arguments.of(new Tar().file("a", "1").file("a/b", "2"), "\"a\" on the way is not a folder"),
                Arguments.of(new Tar().symlink(".", "/etc"), "the root is not a folder"),
                Arguments.of(new Tar().file("a/.wh...", ""), "a whiteout of \"..\""),
                Arguments.of(new Tar().file("a/.wh..", ""), "a whiteout of \".\""),
                Arguments.of(new Tar().file(".wh.", ""), "a whiteout of \"\""),
                Arguments.of(new Tar().file("n".repeat(256), ""), "a part of 256 bytes in the name"),
                Arguments.of(new Tar().file("n/".repeat(2100) + "n", ""), "a name of 4201 bytes; 4095 are the most"),
                Arguments.of(new Tar().file("a\u0000b".repeat(60), ""), "a zero byte in the name"),
                Arguments.of(
                        new Tar().put(Tar.entry("long", (byte) 'x'), records("comment=" + "x".repeat(2 << 20))),
                        "a header of more than 1048576 bytes"),
                Arguments.of(new Tar().special("a", (byte) 'Q', ""), "entry \"a\": an entry of the unknown type \"Q\""),
                Arguments.of(new Tar().put(owner(1L << 33), new byte[0]), "entry \"owned\": a user or group id of"),
                Arguments.of(new Tar().file("a\nb", "x").file("../x", ""), "entry \"../x\""),
                Arguments.of(new Tar().file("\u001b]0;x\u0007/../a", "x"), "entry \"?]0;x?/../a\""));
    }

    private static TarArchiveEntry owner(long uid) {
        TarArchiveEntry entry = Tar.entry("owned", (byte) '0');
        entry.setUserId(uid);
        return entry;
    }

    @ParameterizedTest
    @MethodSource("layers")
    void an_entry_is_refused(Tar layer, String problem) {
        refused(Packing.DOCKER.pack(folder, List.of(layer.bytes())), Limits.DEFAULT, problem);
    }

    @Test
    void a_link_of_a_lower_layer_is_no_way_out_either() {
        byte[] lower =
                new Tar().symlink("here", ".").symlink("here/here/l", "../..").bytes();

        refused(
                Packing.OCI_GZIP.pack(
                        folder, List.of(lower, new Tar().file("l/canary", "x").bytes())),
                Limits.DEFAULT,
                "layer 2 of 2: entry \"l/canary\": a symlink on the way leads out of the root");
    }

    @Test
    void zeros_without_end_are_refused_before_they_are_written() throws IOException {
        TarArchiveEntry zeros = Tar.entry("zeros", (byte) '0');
        zeros.setSize(10L << 30);
        byte[] header = new byte[512];
        zeros.writeEntryHeader(header, ZipEncodingHelper.getZipEncoding("UTF-8"), true);

        refused(
                Packing.OCI_GZIP.pack(folder, List.of(header)),
                Limits.DEFAULT,
                "entry \"zeros\": a file of 10737418240 bytes; the limit for one file is 4294967296");
        refused(
                Packing.OCI_ZSTD.pack(folder, List.of(header)),
                Limits.DEFAULT.withFileBytes(Long.MAX_VALUE),
                "entry \"zeros\": more than 8589934592 bytes unpacked, which is the limit");
    }

    @Test
    void zeros_behind_a_tar_or_around_it_count_as_well() throws IOException {
        byte[] tail = Arrays.copyOf(new Tar().file("a", "1").bytes(), 3 << 20);
        Path layer = Packing.OCI_GZIP.pack(folder, List.of(tail));
        ByteArrayOutputStream outer = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(outer)) {
            out.write(new byte[3 << 20]);
        }
        Path archive = Files.write(folder.resolve("zeros.tar"), outer.toByteArray());

        refused(layer, Limits.DEFAULT.withBytes(1 << 20), "more than 1048576 bytes unpacked, which is the limit");
        refused(archive, Limits.DEFAULT.withBytes(1 << 20), "zeros.tar: more than 1048576 bytes unpacked");
    }

    @Test
    void a_sparse_file_counts_with_its_holes() throws IOException {
        byte[] records = records(
                "GNU.sparse.major=1", "GNU.sparse.minor=0", "GNU.sparse.name=sparse", "GNU.sparse.realsize=2000000000");
        byte[] map = Arrays.copyOf("1\n2000000000\n0\n".getBytes(StandardCharsets.US_ASCII), 512);
        Tar layer = new Tar()
                .put(Tar.entry("PaxHeaders/sparse", (byte) 'x'), records)
                .put(Tar.entry("GNUSparseFile.0/sparse", (byte) '0'), map);

        refused(
                Packing.DOCKER.pack(folder, List.of(layer.bytes())),
                Limits.DEFAULT.withFileBytes(1 << 30),
                "entry \"sparse\": a file of 2000000000 bytes; the limit for one file is 1073741824");
    }

    /** An extended header's content: the length of each line counts itself. */
    private static byte[] records(String... lines) {
        StringBuilder text = new StringBuilder();
        for (String line : lines) {
            int length = line.length() + 2;
            int digits = Integer.toString(length).length();
            length += Integer.toString(length + digits).length();
            text.append(length).append(' ').append(line).append('\n');
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void entries_and_layers_are_counted() {
        Tar many = new Tar();
        IntStream.range(0, 101).forEach(i -> many.file("f" + i, ""));
        byte[] small = new Tar().file("a", "").bytes();

        refused(
                Packing.OCI_ZSTD.pack(folder, List.of(many.bytes())),
                Limits.DEFAULT.withEntries(100),
                "entry \"f100\": more than 100 entries, which is the limit");
        refused(
                Packing.DOCKER.pack(folder, List.of(small, small)),
                Limits.DEFAULT.withLayers(1),
                "2 layers; the limit is 1");
    }

    @Test
    void the_archive_around_the_layers_is_read_with_the_same_care() throws IOException {
        refused(archive(new Tar().file("../manifest.json", "[]")), Limits.DEFAULT, "\"..\" in the name");
        refused(
                archive(new Tar().symlink("manifest.json", "/etc/passwd")),
                Limits.DEFAULT,
                "a symlink out of the archive");
        refused(archive(new Tar().symlink("manifest.json", "manifest.json")), Limits.DEFAULT, "not an image");
        refused(
                archive(new Tar().file("manifest.json", " ".repeat(5 << 20))),
                Limits.DEFAULT,
                "manifest.json: 5242880 bytes; 4194304 are the most for a JSON file");
        refused(
                archive(new Tar().file("manifest.json", "[".repeat(10_000))),
                Limits.DEFAULT,
                "manifest.json: not JSON: ");
        refused(
                archive(new Tar().file("manifest.json", "[{\"Config\":\"a\\nb\",\"Layers\":[]}]")),
                Limits.DEFAULT,
                "a?b: is missing");
    }

    private Path archive(Tar tar) throws IOException {
        return Files.write(folder.resolve("bad.tar"), tar.bytes());
    }

    private void refused(Path image, Limits limits, String problem) {
        assertThatThrownBy(() -> Trees.unpack(folder, image, limits).close())
                .isInstanceOf(BadInputException.class)
                .hasMessageStartingWith(image + ": ")
                .hasMessageContaining(problem)
                .hasMessageMatching("[^\n]*");
        assertThat(folder.resolve("unpacked")).doesNotExist();
        assertThat(canary).hasContent("alive");
    }
}
