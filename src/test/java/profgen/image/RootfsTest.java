package profgen.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RootfsTest {
    @TempDir
    Path folder;

    private Rootfs unpack(Tar layer) {
        return Trees.unpack(folder, Packing.OCI_TAR.pack(folder, List.of(layer.bytes())), Limits.DEFAULT);
    }

    @Test
    void a_path_of_the_container_is_found_without_leaving_its_tree() {
        try (Rootfs rootfs = unpack(new Tar()
                .folder("usr/lib")
                .file("usr/lib/os-release", "x")
                .folder("etc")
                .symlink("etc/os-release", "../usr/lib/os-release")
                .symlink("etc/passwd", "/usr/lib/os-release")
                .symlink("etc/loop", "loop")
                .symlink("e", "/etc"))) {
            Path release = rootfs.path().resolve("usr/lib/os-release");

            assertThat(rootfs.inside("/etc/os-release")).contains(release);
            assertThat(rootfs.inside("e/passwd")).contains(release);
            assertThat(rootfs.inside("/")).contains(rootfs.path());
            assertThat(rootfs.inside("/etc")).contains(rootfs.path().resolve("etc"));
            assertThat(rootfs.inside("/etc/shadow")).isEmpty();
            assertThat(rootfs.inside("/etc/loop")).isEmpty();
            assertThat(rootfs.inside("/e/../../etc/passwd")).isEmpty();
        }
    }

    @Test
    void all_goes_however_deep_and_locked_and_nothing_that_a_link_leads_to() throws IOException {
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Files.writeString(outside.resolve("file"), "stays");
        Rootfs rootfs =
                unpack(new Tar().folder("locked", 0).folder("locked/in", 0).symlink("out", outside.toString()));
        Path deep = rootfs.path();
        for (int depth = 0; depth < 15; depth++) {
            deep = Files.createDirectory(deep.resolve("d".repeat(200)));
        }
        Files.createSymbolicLink(deep.resolve("out"), outside);
        Files.setPosixFilePermissions(deep, PosixFilePermissions.fromString("---------"));

        rootfs.close();
        rootfs.close();

        assertThat(folder.resolve("unpacked")).doesNotExist();
        assertThat(outside.resolve("file")).hasContent("stays");
    }
}
