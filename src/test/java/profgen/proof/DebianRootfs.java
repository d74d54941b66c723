package profgen.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A small Debian system with numactl, made from the packages of the mirror that this machine's apt uses; kept as a tar under target/. */
final class DebianRootfs {
    private static final Duration BUILD_LIMIT = Duration.ofMinutes(8);
    private static final String PACKAGES = "numactl,libcap2-bin";

    private DebianRootfs() {}

    /** The tar, built if this checkout has none yet. */
    static Path tar() throws IOException {
        AptSource source = AptSource.ofThisMachine();
        Path tar = Checkout.target().resolve("rootfs-" + source.suite() + ".tar");
        if (!Files.exists(tar)) {
            build(source, tar);
        }
        return tar;
    }

    /** Unpacks a fresh copy, owner and modes kept; {@link #remove} ends it. */
    static Path unpack() throws IOException {
        Path root = Files.createTempDirectory(Checkout.target(), "rootfs");
        BoundedCommand.of("tar", "--numeric-owner", "-C", root.toString(), "-xpf", tar().toString())
                .run()
                .hasStatus(0);
        // Created private by createTempDirectory; a container's other users must get in.
        BoundedCommand.of("chmod", "755", root.toString()).run().hasStatus(0);
        return root;
    }

    static void remove(Path root) {
        assertThat(root).startsWith(Checkout.target());
        BoundedCommand.of("rm", "-rf", "--one-file-system", root.toString())
                .run()
                .hasStatus(0);
    }

    private static void build(AptSource source, Path tar) throws IOException {
        Path root = Files.createTempDirectory(Checkout.target(), "debootstrap");
        try {
            BoundedCommand.of(List.of(
                            "debootstrap",
                            "--variant=minbase",
                            "--include=" + PACKAGES,
                            source.suite(),
                            root.toString(),
                            source.uri()))
                    .with(Map.of("LC_ALL", "C"))
                    .within(BUILD_LIMIT)
                    .run()
                    .hasStatus(0);
            BoundedCommand.of("chmod", "755", root.toString()).run().hasStatus(0);
            // What was fetched for it: half of its size, and each image made of it would have it.
            BoundedCommand.of(
                            "sh",
                            "-c",
                            "rm -rf \"$0\"/var/cache/apt/archives/*.deb \"$0\"/var/lib/apt/lists/*",
                            root.toString())
                    .run()
                    .hasStatus(0);
            Path unfinished = tar.resolveSibling(tar.getFileName() + ".part");
            BoundedCommand.of("tar", "--numeric-owner", "-C", root.toString(), "-cf", unfinished.toString(), ".")
                    .run()
                    .hasStatus(0);
            Files.move(unfinished, tar);
        } finally {
            remove(root);
        }
    }
}
