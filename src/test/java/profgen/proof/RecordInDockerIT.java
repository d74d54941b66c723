package profgen.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import profgen.Requires;
import profgen.capability.CapabilitySet;
import profgen.recording.Run;

/** {@code record --image} on Docker: the container is as Docker makes it, its workload is the user's, and nothing of it stays. */
class RecordInDockerIT {
    @TempDir
    private static Path folder;

    private static Docker docker;
    private static String image;
    private static Recorder recorder;

    @BeforeAll
    static void make_the_image() throws IOException {
        Requires.docker();
        Requires.root();
        Requires.command("debootstrap");
        docker = Docker.open();
        image = docker.importImage(
                DebianRootfs.tar(),
                "ENV GREETING=hello",
                "ENTRYPOINT [\"/bin/sh\", \"-c\"]",
                "CMD [\"echo $GREETING\"]");
        recorder = new Recorder(folder);
    }

    @AfterAll
    static void leave_nothing() {
        if (docker != null) {
            docker.close();
        }
    }

    @AfterEach
    void nothing_of_profgen_stays() throws IOException {
        assertThat(Recorder.containers()).isEmpty();
        try (var files = Files.list(folder)) {
            assertThat(files).allMatch(file -> file.toString().endsWith(".json"));
        }
    }

    @Test
    void the_images_own_command_runs_as_it_would_without_profgen() throws IOException {
        assertThat(record(0, List.of()).out()).isEqualTo("hello\n");
        Run run = recorder.run();
        assertThat(run.provenance().engine()).isEqualTo("docker");
        assertThat(run.provenance().command()).containsExactly("/bin/sh", "-c", "echo $GREETING");
        assertThat(run.provenance().options()).contains("image=" + image, "image-id=" + image);
        assertThat(start(run).bounding()).isEqualTo(CapabilitySet.DOCKER_DEFAULT);
        assertThat(run.complete()).as("%s", run.ledger()).isTrue();
        assertThat(run.ledger()).isEmpty();
    }

    @Test
    void a_user_without_capabilities_and_privileges_on_a_read_only_system_is_recorded_as_it_is() throws IOException {
        List<String> bound = List.of("--user", "1000:1001", "--cap-drop", "ALL", "--read-only", "--workdir", "/usr");
        Ended ended = record(
                0,
                join(bound, "--security-opt", "no-new-privileges", "--entrypoint", "sh", "--env", "WHO=me"),
                "-c",
                "echo $WHO $PWD; id -u; touch /x 2>/dev/null || echo read-only");
        assertThat(ended.out()).isEqualTo("me /usr\n1000\nread-only\n");
        assertThat(ended.err())
                .contains("--security-opt no-new-privileges", "--cap-drop ALL", "--user 1000:1001", "--entrypoint sh")
                .contains(" " + image + " ");
        Run run = recorder.run();
        assertThat(start(run).uid()).isEqualTo(1000);
        assertThat(start(run).bounding()).isEqualTo(CapabilitySet.NONE);
        assertThat(start(run).noNewPrivileges()).isTrue();
    }

    @Test
    void the_command_is_the_first_process_if_that_is_asked_for_and_its_status_the_containers_either_way() {
        assertThat(record(7, List.of(), "echo $$; exit 7").out()).isNotEqualTo("1\n");
        assertThat(record(7, List.of("--pid1"), "echo $$; exit 7").out()).isEqualTo("1\n");
        record(7, List.of("--init"), "exit 7");
        record(128 + 15, List.of(), "kill -TERM $$");
    }

    @Test
    void a_command_that_cannot_be_executed_has_the_status_of_a_shell() {
        record(127, List.of("--entrypoint", "/no/such/program"));
        record(127, List.of("--pid1", "--entrypoint", "/no/such/program"));
        record(126, List.of("--entrypoint", "/etc/passwd"));
    }

    @Test
    void it_reads_standard_input_if_it_is_interactive_only() throws IOException {
        Path input = Files.writeString(folder.resolve("input.json"), "a line\n");
        assertThat(recorder.command(imageOptions(List.of("--interactive")), List.of("cat"))
                        .reading(input)
                        .run()
                        .hasStatus(0)
                        .out())
                .isEqualTo("a line\n");
        assertThat(recorder.command(imageOptions(List.of()), List.of("cat"))
                        .reading(input)
                        .run()
                        .hasStatus(0)
                        .out())
                .isEmpty();
    }

    @Test
    void what_docker_does_not_have_or_take_is_one_line() {
        assertThat(recorder.command(List.of("--image", "no.such/image:1"), List.of())
                        .run()
                        .hasStatus(125)
                        .err())
                .startsWith("profgen: image no.such/image:1: ")
                .contains("hint: docker pull no.such/image:1");
        assertThat(record(125, List.of("--shm-size", "much"), "true").err()).startsWith("profgen: docker: ");
    }

    private static Run.StartState start(Run run) {
        return Objects.requireNonNull(run.start());
    }

    private static Ended record(int status, List<String> options, String... command) {
        return recorder.record(status, imageOptions(options), command);
    }

    private static List<String> imageOptions(List<String> options) {
        return join(options, "--engine", "docker", "--image", image);
    }

    private static List<String> join(List<String> first, String... second) {
        return Stream.concat(first.stream(), Arrays.stream(second)).toList();
    }
}
