package profgen.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayersTest {
    @TempDir
    Path folder;

    private Map<String, String> unpacked(Tar... layers) {
        return Trees.ofLayers(folder, layers);
    }

    @Test
    void a_whiteout_hides_what_lower_layers_have_and_an_opaque_one_all_in_its_folder() {
        assertThat(unpacked(
                        new Tar()
                                .folder("a")
                                .file("a/x", "1")
                                .file("a/y", "2")
                                .folder("b")
                                .file("b/z", "3")
                                .file("c", "4"),
                        new Tar()
                                .file("a/.wh..wh..opq", "")
                                .file("a/new", "5")
                                .file(".wh.b", "")
                                .file(".wh.none", "")))
                .isEqualTo(Map.of("a", "/", "a/new", "5", "c", "4"));
    }

    @Test
    void a_whiteout_does_not_touch_its_own_layer_wherever_it_stands() {
        assertThat(unpacked(
                        new Tar().folder("a").file("a/old", "1").file("b", "2").file("c", "3"),
                        new Tar()
                                .folder("a")
                                .file("a/new", "4")
                                .file(".wh.a", "")
                                .file("c", "5")
                                .file(".wh.c", "")))
                .isEqualTo(Map.of("a", "/", "a/new", "4", "b", "2", "c", "5"));
        assertThat(unpacked(
                        new Tar().folder("a").file("a/old", "1"),
                        new Tar().file("a/new", "2").file("a/.wh..wh..opq", "").file("a/later", "3")))
                .isEqualTo(Map.of("a", "/", "a/new", "2", "a/later", "3"));
    }

    @Test
    void a_name_may_change_its_type_between_layers() {
        assertThat(unpacked(
                        new Tar()
                                .folder("a/b")
                                .file("a/b/c", "1")
                                .file("d", "2")
                                .symlink("e", "d")
                                .folder("f"),
                        new Tar()
                                .file("a", "now a file")
                                .folder("d")
                                .file("d/x", "3")
                                .folder("e")
                                .symlink("f", "d")))
                .isEqualTo(Map.of("a", "now a file", "d", "/", "d/x", "3", "e", "/", "f", "-> d"));
    }

    @Test
    void the_last_of_several_entries_of_a_name_counts_and_a_file_never_writes_through_a_link() {
        assertThat(unpacked(new Tar()
                        .file("a", "1")
                        .hardLink("b", "a")
                        .symlink("c", "a")
                        .file("a", "2")
                        .file("c", "3")))
                .isEqualTo(Map.of("a", "2", "b", "1", "c", "3"));
    }

    @Test
    void hard_links_lead_to_lower_layers_too_and_to_symlinks_themselves() throws IOException {
        List<byte[]> layers = List.of(
                new Tar().folder("a").file("a/x", "1").symlink("s", "/nowhere").bytes(),
                new Tar().hardLink("y", "a/x").hardLink("./t", "./s").bytes());

        try (Rootfs rootfs = Trees.unpack(folder, Packing.DOCKER.pack(folder, layers), Limits.DEFAULT)) {
            assertThat(Files.isSameFile(
                            rootfs.path().resolve("y"), rootfs.path().resolve("a/x")))
                    .isTrue();
            assertThat(Trees.list(rootfs.path()))
                    .isEqualTo(Map.of("a", "/", "a/x", "1", "s", "-> /nowhere", "t", "-> /nowhere", "y", "1"));
        }
    }

    @Test
    void a_symlink_on_the_way_is_followed_inside_the_tree_only() {
        assertThat(unpacked(
                        new Tar()
                                .folder("usr/lib")
                                .symlink("lib", "usr/lib")
                                .symlink("abs", "/usr")
                                .symlink("up", "usr/../usr"),
                        new Tar().file("lib/x", "1").file("abs/y", "2").file("up/lib/z", "3")))
                .isEqualTo(Map.of(
                        "abs",
                        "-> /usr",
                        "lib",
                        "-> usr/lib",
                        "up",
                        "-> usr/../usr",
                        "usr",
                        "/",
                        "usr/lib",
                        "/",
                        "usr/lib/x",
                        "1",
                        "usr/lib/z",
                        "3",
                        "usr/y",
                        "2"));
    }

    @Test
    void a_symlink_leads_to_the_tree_even_where_the_machine_has_the_same_path() throws IOException {
        Path outside = Files.createDirectory(folder.resolve("outside"));

        Map<String, String> tree =
                unpacked(new Tar().symlink("l", outside.toString()).file("l/x", "1"));

        assertThat(outside).isEmptyDirectory();
        assertThat(tree).containsEntry(outside.toString().substring(1) + "/x", "1");
    }

    @Test
    void fifos_are_made_and_devices_are_a_remark() {
        List<byte[]> layers = List.of(new Tar()
                .special("pipe", (byte) '6', "")
                .special("dev/null", (byte) '3', "")
                .special("dev/sda", (byte) '4', "")
                .bytes());

        try (Rootfs rootfs = Trees.unpack(folder, Packing.DOCKER.pack(folder, layers), Limits.DEFAULT)) {
            assertThat(Trees.list(rootfs.path())).isEqualTo(Map.of("pipe", "special", "dev", "/"));
            assertThat(rootfs.remarks())
                    .contains(new Remark(
                            "device-nodes-left-out",
                            "device nodes of the image are not made: 2, the first is \"dev/null\""));
        }
    }

    @Test
    void names_may_be_long_and_of_any_bytes() throws IOException {
        String longName = "d".repeat(200) + "/" + "f".repeat(250);
        List<byte[]> layers = List.of(new Tar()
                .folder("x")
                .file("x/caf\u00e9", "1")
                .file("x/" + longName, "2")
                .bytes());

        try (Rootfs rootfs = Trees.unpack(folder, Packing.DOCKER.pack(folder, layers), Limits.DEFAULT);
                Folder x = Folder.open(rootfs.path().resolve("x"))) {
            assertThat(x.names()).contains("caf\u00e9", "d".repeat(200));
            assertThat(rootfs.inside("/x/" + longName))
                    .hasValueSatisfying(file -> assertThat(file).hasContent("2"));
        }
    }

    @Test
    void bookkeeping_of_an_old_storage_is_no_part_of_the_image() {
        assertThat(unpacked(new Tar()
                        .folder(".wh..wh.plnk")
                        .file(".wh..wh.plnk/1.2", "")
                        .file(".wh..wh.aufs", "")))
                .isEmpty();
    }
}
