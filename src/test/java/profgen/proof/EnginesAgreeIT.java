package profgen.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import profgen.Requires;
import profgen.recording.CallId;
import profgen.recording.RecordingReader;
import profgen.recording.Run;

/** The same program of the same file system makes the same calls, whichever engine its container is of. */
class EnginesAgreeIT {
    private static final String[] NUMACTL = {"numactl", "--show"};
    private static final List<String> BOUND =
            List.of("--user", "1000", "--cap-drop", "ALL", "--no-new-privileges", "--read-only");

    @TempDir
    private static Path folder;

    private static Path root;
    private static Recorder recorder;
    private static Set<CallId> inTheSandbox;

    @BeforeAll
    static void record_in_the_sandbox() throws IOException {
        Requires.root();
        Requires.command("debootstrap");
        root = DebianRootfs.unpack();
        recorder = new Recorder(folder);
        recorder.record(0, List.of("--engine", "sandbox", "--rootfs", root.toString()), NUMACTL);
        inTheSandbox = Recorder.ids(recorder.run());
    }

    @AfterAll
    static void leave_nothing() {
        if (root != null) {
            DebianRootfs.remove(root);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"runc", "crun"})
    void a_runtime_on_its_own_shows_the_same_calls_and_leaves_no_trace(String runtime) throws IOException {
        Requires.command(runtime);
        Set<Path> before = files();
        List<String> options = List.of("--engine", runtime, "--rootfs", root.toString());
        recorder.record(0, options, NUMACTL);
        assertThat(recorder.run().provenance().engine()).isEqualTo(runtime);
        assertThat(Recorder.ids(recorder.run())).isEqualTo(inTheSandbox);
        List<String> beside = new ArrayList<>(options);
        Path further = folder.resolve(runtime + ".json");
        beside.addAll(List.of(
                "--ready-probe",
                "true",
                "--exercise",
                Checkout.launcher() + " exec -u 1000 -o " + further + " $PROFGEN_CONTAINER -- id -u"));
        recorder.record(0, beside, "sleep", "1000");
        assertThat(RecordingReader.read(further).runs()).singleElement().matches(Run::complete);
        List<String> bound = new ArrayList<>(options);
        bound.addAll(BOUND);
        assertThat(recorder.record(7, bound, "sh", "-c", "id -u; exit 7").out()).isEqualTo("1000\n");
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void docker_shows_the_same_calls() throws IOException {
        Requires.docker();
        try (Docker docker = Docker.open()) {
            String image = docker.importImage(DebianRootfs.tar());
            recorder.record(0, List.of("--image", image), NUMACTL);
            assertThat(recorder.run().provenance().engine()).isEqualTo("docker");
            assertThat(Recorder.ids(recorder.run())).isEqualTo(inTheSandbox);
        }
    }

    @Test
    void podman_shows_the_same_calls() throws IOException {
        Requires.command("podman");
        Podman podman = new Podman();
        try {
            String image = podman.importImage(DebianRootfs.tar());
            Requires.orSkip(podman.runs(image), "a podman that can start containers here");
            List<String> options = new ArrayList<>(List.of("--engine", "podman", "--image", image));
            Podman.OPTIONS.forEach(option -> options.add("--engine-arg=" + option));
            recorder.record(0, options, NUMACTL);
            Run run = recorder.run();
            assertThat(run.provenance().engine()).isEqualTo("podman");
            assertThat(Recorder.ids(run)).isEqualTo(inTheSandbox);
            recorder.record(7, options, "sh", "-c", "exit 7");
        } finally {
            podman.close();
        }
    }

    /** All but the contents: what a runtime would leave are mount points. */
    private static Set<Path> files() throws IOException {
        try (var files = Files.walk(root, 3)) {
            return new TreeSet<>(files.toList());
        }
    }
}
