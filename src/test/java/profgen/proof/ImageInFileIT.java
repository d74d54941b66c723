package profgen.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import profgen.Requires;
import profgen.recording.CallId;
import profgen.recording.Run;

/** An image that `docker save` wrote is recorded without a daemon, with the calls that it makes on Docker. */
class ImageInFileIT {
    @TempDir
    private static Path folder;

    private static Docker docker;
    private static Path archive;
    private static Recorder recorder;
    private static Set<CallId> onDocker;
    private static String printed;

    @BeforeAll
    static void save_a_small_image() throws IOException {
        Requires.docker();
        Requires.root();
        Requires.command("gcc");
        docker = Docker.open();
        Path tar = folder.resolve("rootfs.tar");
        Path program = Workloads.compiled("forks");
        BoundedCommand.of(
                        "tar",
                        "-C",
                        Objects.requireNonNull(program.getParent()).toString(),
                        "-cf",
                        tar.toString(),
                        "forks")
                .run()
                .hasStatus(0);
        String image = docker.importImage(tar, "ENTRYPOINT [\"/forks\"]", "USER 1000:1000", "ENV A=b");
        archive = folder.resolve("app.tar");
        Docker.docker("save", "-o", archive.toString(), image).hasStatus(0);
        Files.delete(tar);
        recorder = new Recorder(Files.createDirectory(folder.resolve("recordings")));
        printed = recorder.record(0, List.of("--image", image)).out();
        onDocker = Recorder.ids(recorder.run());
    }

    @AfterAll
    static void leave_nothing() {
        if (docker != null) {
            docker.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "runc", "crun"})
    void it_makes_the_calls_that_it_makes_on_docker(String engine) throws IOException {
        Requires.orSkip(engine.equals("auto") || Requires.hasCommand(engine), "the command " + engine);
        Ended ended = recorder.record(0, List.of("--engine", engine, "--image", archive.toString()));
        assertThat(ended.out()).isEqualTo(printed);
        Run run = recorder.run();
        assertThat(run.provenance().engine()).isEqualTo(engine.equals("auto") ? "sandbox" : engine);
        assertThat(run.provenance().command()).containsExactly("/forks");
        assertThat(run.provenance().options())
                .contains("image=" + archive)
                .noneMatch(option -> option.startsWith("rootfs="));
        assertThat(Recorder.ids(run)).isEqualTo(onDocker);
        assertThat(recorder.folder()).isDirectoryNotContaining("glob:**/.*");
    }

    @Test
    void what_is_no_image_or_too_big_is_one_line_and_leaves_nothing() throws IOException {
        assertThat(recorder.record(125, List.of("--image", "/dev/null")).err()).startsWith("profgen: /dev/null: ");
        assertThat(recorder.record(125, List.of("--image", archive.toString(), "--image-bytes", "1k"))
                        .err())
                .startsWith("profgen: " + archive);
        assertThat(recorder.record(125, List.of("--image", archive.toString(), "--engine", "docker"))
                        .err())
                .startsWith("profgen: --engine docker: ")
                .contains("hint: docker load");
        assertThat(recorder.folder()).isDirectoryNotContaining("glob:**/.*");
    }
}
