package profgen.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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
import profgen.recording.Call;
import profgen.recording.Phase;
import profgen.recording.RecordingReader;
import profgen.recording.Run;

/** A service in a container of each engine: a load is put on it, a probe inside ends it, and so again under its profile. */
class ServiceOnEnginesIT {
    private static final String ASK = "bash ask";
    private static final String ASKING =
            "until test -s port; do sleep 0.05; done; exec 3<>/dev/tcp/127.0.0.1/$(cat port);"
                    + " read -r word <&3; test \"$word\" = hello";
    private static final String INSIDE = "test -s port && nice -n 5 true";
    private static final String[] SERVER = {"/mnt/server", "polite", "port"};

    /** The folder that the container sees as its own. */
    @TempDir
    private static Path folder;

    private static Recorder recorder;
    private static Docker docker;
    private static Podman podman;
    private static Path root;
    private static String image;

    @BeforeAll
    static void make_the_service() throws IOException {
        Requires.root();
        Requires.docker();
        Requires.command("debootstrap");
        Requires.command("gcc");
        Requires.command("bash");
        recorder = new Recorder(folder);
        root = DebianRootfs.unpack();
        docker = Docker.open();
        image = docker.importImage(DebianRootfs.tar());
        podman = new Podman();
        Files.copy(Workloads.compiled("server"), folder.resolve("server"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.writeString(folder.resolve("ask"), ASKING);
    }

    @AfterAll
    static void leave_nothing() {
        try {
            if (image != null) {
                assertThat(Docker.docker("ps", "-aq", "--filter", "ancestor=" + image)
                                .out())
                        .isEmpty();
            }
        } finally {
            if (docker != null) {
                docker.close();
                podman.close();
            }
            if (root != null) {
                DebianRootfs.remove(root);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"docker", "podman", "runc", "crun"})
    void it_is_loaded_probed_and_stopped_and_works_so_under_its_profile(String engine) throws IOException {
        Requires.command(engine);
        List<String> options = new ArrayList<>(options(engine));
        options.addAll(List.of("--network", "host", "--volume", folder + ":/mnt", "--workdir", "/mnt"));

        record(options, "--exercise", ASK);
        List<String> further = new ArrayList<>(options);
        further.add("--append");
        record(further, "--ready-log", "getpriority", "--until-exec", INSIDE);
        List<Run> runs = RecordingReader.read(recorder.recordingFile()).runs();
        assertThat(runs).hasSize(3).allMatch(Run::complete);
        assertThat(phases(runs, "accept4")).containsExactly(Phase.SERVING);
        assertThat(phases(runs, "getpriority")).containsExactly(Phase.SHUTDOWN, Phase.EXEC);
        assertThat(phases(runs, "setpriority")).containsExactly(Phase.EXEC);

        verify(options, "--exercise", ASK).hasStatus(0);
        verify(options, "--until-exec", INSIDE).hasStatus(0);
        if (List.of("docker", "runc").contains(engine)) {
            Ended refused = verify(options, "--until-exec", "mkdir made", "--timeout", "8s");
            assertThat(refused.hasStatus(1).out()).contains("denied     mkdir(", "in phase exec");
        }
    }

    @Test
    void the_health_check_of_an_image_is_recorded_in_dockers_place_and_from_a_file_in_the_sandbox() throws IOException {
        String checked = docker.importImage(
                DebianRootfs.tar(), "HEALTHCHECK --interval=200ms CMD nice -n 5 true; echo >>/tmp/checks");
        String[] waiting = {"sleep", "1000"};
        Path archive = folder.resolve("image.tar");
        Docker.docker("save", "-o", archive.toString(), checked).hasStatus(0);
        for (String from : List.of(checked, archive.toString())) {
            recorder.record(0, List.of("--image", from, "--until-exec", "test $(wc -l </tmp/checks) -ge 2"), waiting);
            List<Run> runs = RecordingReader.read(recorder.recordingFile()).runs();
            assertThat(phases(runs, "setpriority")).containsExactly(Phase.EXEC);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"runc", "crun"})
    void each_start_of_verify_has_a_file_system_of_its_own_and_nothing_stays(String runtime) throws IOException {
        Requires.command(runtime);
        List<String> words = new ArrayList<>(List.of(Checkout.launcher().toString(), "verify", "docker-default"));
        words.addAll(List.of("--engine", runtime, "--rootfs", root.toString(), "--user", "1000", "--runs", "2"));
        words.addAll(List.of("--", "sh", "-c", "test ! -e /tmp/made && touch /tmp/made"));
        BoundedCommand.of(words).run().hasStatus(0);
        assertThat(root.resolve("tmp")).isEmptyDirectory();
    }

    private static List<String> options(String engine) throws IOException {
        List<String> options = new ArrayList<>(List.of("--engine", engine));
        if (engine.equals("docker")) {
            options.addAll(List.of("--image", image));
        } else if (engine.equals("podman")) {
            String imported = podman.importImage(DebianRootfs.tar());
            Requires.orSkip(podman.runs(imported), "a podman that can start containers here");
            options.addAll(List.of("--image", imported));
            Podman.OPTIONS.forEach(option -> options.add("--engine-arg=" + option));
        } else {
            options.addAll(List.of("--rootfs", root.toString()));
        }
        return options;
    }

    private static void record(List<String> options, String... course) throws IOException {
        Files.deleteIfExists(folder.resolve("port"));
        List<String> all = new ArrayList<>(options);
        all.addAll(List.of(course));
        recorder.record(0, all, SERVER);
    }

    private static Ended verify(List<String> options, String... course) throws IOException {
        Files.deleteIfExists(folder.resolve("port"));
        List<String> words = new ArrayList<>(List.of(
                Checkout.launcher().toString(), "verify", recorder.profile().toString(), "--runs", "1"));
        words.addAll(options);
        words.addAll(List.of(course));
        words.add("--");
        words.addAll(List.of(SERVER));
        return BoundedCommand.of(words).in(folder).run();
    }

    private static Set<Phase> phases(List<Run> runs, String call) {
        Set<Phase> phases = new TreeSet<>();
        runs.stream()
                .flatMap(run -> run.calls().stream())
                .filter(one -> one.id().name().filter(call::equals).isPresent())
                .map(Call::phases)
                .forEach(phases::addAll);
        return phases;
    }
}
