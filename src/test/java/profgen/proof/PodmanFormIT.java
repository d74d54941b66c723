package profgen.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import profgen.Requires;
import profgen.cli.Cli;

/** A profile recorded from {@code numactl --show} and rendered for Podman does there what it does in Docker. */
class PodmanFormIT {
    private static final List<String> NUMACTL = List.of("numactl", "--show");
    private static final Podman PODMAN = new Podman();

    @TempDir
    private static Path folder;

    private static Path root;
    private static String image;
    private static Path profile;

    @BeforeAll
    static void record_and_render() throws IOException {
        Requires.root();
        Requires.command("debootstrap");
        Requires.command("podman");
        image = PODMAN.importImage(DebianRootfs.tar());
        Requires.orSkip(PODMAN.runs(image), "a podman that can start containers here");
        root = DebianRootfs.unpack();
        Recorder recorder = new Recorder(folder);
        recorder.record(0, List.of("--engine", "sandbox", "--rootfs", root.toString()), NUMACTL.toArray(String[]::new));
        profile = folder.resolve("numactl.podman.json");
        Cli run = Cli.run(
                "render",
                recorder.profile().toString(),
                "--for",
                "podman",
                "--arch",
                "x86_64,loongarch64",
                "-o",
                profile.toString());
        assertThat(run.status()).as(run.err()).isZero();
    }

    @AfterAll
    static void leave_nothing() {
        PODMAN.close();
        if (root != null) {
            DebianRootfs.remove(root);
        }
    }

    private static Ended run(List<String> command, String... options) {
        List<String> all = new ArrayList<>(List.of("--security-opt", "seccomp=" + profile));
        all.addAll(List.of(options));
        return PODMAN.run(image, all, command);
    }

    @Test
    void with_the_capability_numactl_works() {
        run(NUMACTL, "--cap-add", "SYS_NICE").hasStatus(0);
    }

    @Test
    void without_it_the_gate_holds() {
        run(NUMACTL).hasStatus(1);
    }

    @Test
    void what_was_not_recorded_is_refused() {
        List<String> unshare = List.of("unshare", "-r", "true");
        PODMAN.run(image, List.of("--security-opt", "seccomp=unconfined"), unshare)
                .hasStatus(0);
        run(unshare, "--cap-add", "SYS_NICE").hasStatus(1);
    }
}
