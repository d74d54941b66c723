package profgen.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static profgen.proof.Docker.docker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import profgen.Requires;
import profgen.image.Image;
import profgen.image.ImageArchive;
import profgen.image.ImageReference;
import profgen.image.Limits;
import profgen.image.Platform;
import profgen.image.Rootfs;

/** An image with two layers, the upper made by a program that deletes and replaces: what profgen unpacks is what the engine gives its containers. */
class UnpackedImageIT {
    private static final String BASE = """
            mkdir -p etc usr/lib/old/deep usr/share/doc dir gone tmp bin dev
            echo one >etc/one; echo two >etc/two; echo doc >usr/share/doc/a; echo old >usr/lib/old/deep/x
            ln -s usr/lib lib; ln -s /etc/one absolute; ln etc/two etc/second; mkfifo tmp/pipe; echo x >gone/x; echo y >dir/y
            echo "accent" >"etc/$(printf 'caf\\351')"; echo accent >etc/caf\u00e9; truncate -s 3M tmp/hole; echo end >>tmp/hole
            chown 77:88 etc/one; chmod 4755 etc/two; chmod 1777 tmp; chmod 700 dir; mknod dev/thing c 1 3
            printf '#include <stdio.h>\\n#include <unistd.h>\\n#include <sys/stat.h>\\nint main(void) {\\n' >../change.c
            printf 'int bad = unlink("/etc/one") | unlink("/gone/x") | rmdir("/gone") | unlink("/lib") | mkdir("/lib", 0755);\\n' >>../change.c
            printf 'bad |= unlink("/dir/y") | rmdir("/dir") | symlink("etc", "/dir") | unlink("/usr/lib/old/deep/x");\\n' >>../change.c
            printf 'bad |= rmdir("/usr/lib/old/deep") | rmdir("/usr/lib/old") | mkdir("/usr/lib/old", 0750);\\n' >>../change.c
            printf 'FILE *f = fopen("/usr/lib/old/new", "w"); fputs("new", f); fclose(f);\\n' >>../change.c
            printf 'bad |= link("/etc/second", "/etc/third") | chmod("/usr/share/doc/a", 0) | chown("/usr/share", 5, 6);\\n' >>../change.c
            printf 'return bad != 0; }\\n' >>../change.c
            gcc -static -o bin/change ../change.c; rm ../change.c; tar -c . >../base.tar
            """;
    /** Type, mode, owner, links, time and target of each path, and the content; without what engines put into each container. */
    private static final String LIST = """
            rm -rf dev proc sys .dockerenv etc/hosts etc/hostname etc/resolv.conf etc/mtab
            find . ! -name . ! -name etc ! -name dev -type d -printf '%y %m %U:%G %p\\n' | sort
            find . ! -type d -printf '%y %m %U:%G %n %s %T@ %p -> %l\\n' | sort
            find . -type f -print0 | sort -z | xargs -0 sha256sum
            """;

    private static Path folder;
    private static Docker docker;
    private static Path saved;
    private static String expected;

    @BeforeAll
    static void make_the_image() throws IOException {
        Requires.root();
        Requires.docker();
        Requires.command("gcc");
        folder = Files.createTempDirectory(Checkout.target(), "unpacked");
        docker = Docker.open();
        Path base = Files.createDirectory(folder.resolve("base"));
        shell(base, BASE);
        String lower = docker.importImage(folder.resolve("base.tar"));
        Path context = Files.createDirectory(folder.resolve("context"));
        Files.writeString(
                context.resolve("Dockerfile"),
                "FROM " + lower + "\nRUN [\"/bin/change\"]\nENV A=b\nUSER 5:6\nCMD [\"/bin/change\"]\n");
        String image = docker.buildImage(context);
        saved = folder.resolve("saved.tar");
        docker("save", "-o", saved.toString(), image).hasStatus(0);
        docker.export(image, folder.resolve("export.tar"));
        Path exported = Files.createDirectory(folder.resolve("exported"));
        shell(exported, "tar -xpf ../export.tar --numeric-owner");
        expected = shell(exported, LIST);
    }

    @AfterAll
    static void remove_all() {
        if (docker != null) {
            docker.close();
        }
        if (folder != null) {
            BoundedCommand.of("rm", "-rf", "--one-file-system", folder.toString())
                    .run();
        }
    }

    private static String shell(Path in, String script) {
        return BoundedCommand.of("sh", "-euc", script).in(in).run().hasStatus(0).out();
    }

    private static void isTheSame(String reference) {
        ImageReference.Stored stored = (ImageReference.Stored) ImageReference.parse(reference);
        try (Image image = ImageArchive.open(
                        stored, Platform.byName(System.getProperty("os.arch")).orElseThrow(), Limits.DEFAULT);
                Rootfs rootfs = image.unpack(folder.resolve("rootfs"))) {
            assertThat(shell(rootfs.path(), LIST)).isEqualTo(expected);
            assertThat(image.config().user()).isEqualTo("5:6");
            assertThat(image.config().env()).contains("A=b");
            assertThat(image.config().command(List.of())).containsExactly("/bin/change");
        }
    }

    @Test
    void an_archive_of_docker_save_plain_and_compressed() {
        assertThat(expected).contains("/usr/lib/old/new", "/etc/third").doesNotContain("gone", "deep");

        isTheSame(saved.toString());
        shell(folder, "gzip -c saved.tar >saved.tar.gz");
        isTheSame(folder.resolve("saved.tar.gz").toString());
    }

    @Test
    void archives_and_folders_of_podman_save() {
        Requires.command("podman");
        String podman = "podman --root pods --runroot run --storage-driver vfs ";
        shell(folder, podman + "load -i saved.tar | sed 's/.*: //' >name");
        String save = podman + "save \"$(cat name)\" --format ";
        shell(
                folder,
                save + "oci-archive -o oci.tar; " + save + "oci-dir -o oci; " + save + "docker-archive -o docker.tar");

        isTheSame(folder.resolve("oci.tar").toString());
        isTheSame("oci:" + folder.resolve("oci"));
        isTheSame(folder.resolve("docker.tar").toString());
    }
}
