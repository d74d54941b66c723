package profgen.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import profgen.Requires;
import profgen.recording.Call;
import profgen.recording.RecordingReader;
import profgen.recording.Run;

/** However a recording in a container of Docker ends, what happened is written down, and the container is gone. */
class DockerRecordingEndIT {
    /** Says when it is ready and which signal came. */
    private static final String WAIT =
            "trap 'echo TERM; exit 7' TERM; echo ready; i=0; while test $((i += 1)) -lt 1000; do sleep 0.05; done";

    /** Records in the background until the workload is ready; then $1 happens, with profgen's pid in $p and the container's id in $c. */
    private static final String SCENE = ": >out; \"$PROFGEN\" record --image \"$IMAGE\" --force -o w.seccomp.json"
            + " --recording w.recording.json -- sh -c \"$WAIT\" >out 2>err & p=$!;"
            + " until grep -q ready out; do sleep 0.05; done; c=$(docker ps -q --filter ancestor=$IMAGE);";

    @TempDir
    private static Path folder;

    private static Docker docker;
    private static String image;

    @BeforeAll
    static void make_the_image() throws IOException {
        Requires.docker();
        Requires.root();
        Requires.command("debootstrap");
        docker = Docker.open();
        image = docker.importImage(DebianRootfs.tar());
    }

    @AfterAll
    static void leave_nothing() {
        if (docker != null) {
            docker.close();
        }
    }

    @AfterEach
    void no_container_stays() {
        assertThat(Docker.docker("ps", "-aq", "--filter", "ancestor=" + image).out())
                .isEmpty();
    }

    @Test
    void a_term_for_profgen_stops_the_container_as_docker_stop_does() throws IOException {
        scene("kill -TERM $p; wait $p").hasStatus(7);
        assertThat(folder.resolve("out")).hasContent("ready\nTERM");
        assertThat(run().complete()).isTrue();
        assertThat(journals()).isEmpty();
    }

    @Test
    void a_container_that_somebody_removes_leaves_an_incomplete_recording() throws IOException {
        scene("docker rm -f $c; wait $p").hasStatus(125);
        assertThat(run().complete()).isFalse();
        assertThat(run().calls()).isNotEmpty();
        assertThat(run().ledger()).extracting(Run.LedgerEntry::kind).contains("container-ended");
        assertThat(journals()).isEmpty();
    }

    @Test
    void a_client_that_is_killed_takes_the_container_along_and_loses_nothing() throws IOException {
        scene("kill -KILL $(pgrep -P $p); wait $p").hasStatus(128 + 9);
        assertThat(run().complete()).isTrue();
        assertThat(run().ledger()).extracting(Run.LedgerEntry::kind).contains("client-ended");
    }

    @Test
    void when_profgen_is_killed_the_workload_goes_on_and_its_journal_makes_the_recording() throws IOException {
        scene(
                        "kill -KILL $p; wait $p; docker kill -s TERM $c; until test -z \"$(docker ps -aq --filter id=$c)\"; do :; done;"
                                + " \"$PROFGEN\" recover .w.*.container/shared/journal --force -o w.recording.json && rm -r .w.*")
                .hasStatus(0);
        assertThat(run().complete()).isTrue();
        assertThat(run().outcome().exitStatus()).isEqualTo(7);
        assertThat(run().provenance().options()).contains("image=" + image);
    }

    @Test
    void a_terminal_is_the_containers_own() {
        Requires.command("script");
        Ended ended = bounded(
                "script -qec '\"$PROFGEN\" record --force -ti --image $IMAGE -- sh -c \"tty; exit 7\"' /dev/null");
        ended.hasStatus(7);
        assertThat(ended.out()).contains("/dev/pts/0\r\n", "recorded   ");
    }

    @Test
    void a_command_beside_the_workload_is_recorded_as_a_phase_of_its_own() throws IOException {
        scene("\"$PROFGEN\" exec -u 1000 -o x.json $c -- sh -c 'id -u; exit 6'; s=$?; kill -TERM $p; wait $p; exit $s")
                .hasStatus(6);
        Run beside = RecordingReader.read(folder.resolve("x.json")).runs().get(0);
        assertThat(beside.complete()).isTrue();
        assertThat(beside.provenance().command()).startsWith("sh", "-c");
        assertThat(Files.readString(folder.resolve("x.json"))).contains("\"exec\"");
        assertThat(run().outcome().exitStatus()).isEqualTo(7);
    }

    @Test
    void a_health_check_is_run_under_a_tracer_in_place_of_the_engines() throws IOException {
        bounded("\"$PROFGEN\" record --image \"$IMAGE\" --force -o w.seccomp.json --recording w.recording.json"
                        + " --health-cmd 'nice -n 5 true; echo >>/tmp/checks' --health-interval 200ms"
                        + " --until-exec 'test $(wc -l </tmp/checks) -ge 2' -- sleep 1000")
                .hasStatus(0);
        List<Run> runs =
                RecordingReader.read(folder.resolve("w.recording.json")).runs();
        assertThat(runs)
                .anySatisfy(run -> assertThat(run.provenance().command())
                        .containsExactly("/bin/sh", "-c", "nice -n 5 true; echo >>/tmp/checks"))
                .allMatch(Run::complete);
        assertThat(Files.readString(folder.resolve("w.seccomp.json"))).contains("\"setpriority\"");
    }

    @Test
    void a_container_of_somebody_else_is_recorded_for_a_while_and_goes_on_but_has_no_tracer_for_exec()
            throws IOException {
        String id = docker.start(image, List.of(), List.of("sh", "-c", WAIT));
        bounded("\"$PROFGEN\" record --force -o w.seccomp.json --recording w.recording.json --for 300ms --container "
                        + id)
                .hasStatus(0);
        assertThat(run().complete()).isTrue();
        assertThat(run().endedOnPurpose()).isTrue();
        assertThat(bounded("\"$PROFGEN\" exec " + id + " true").hasStatus(125).err())
                .startsWith("profgen: " + id + ": profgen did not start it");
        assertThat(Docker.docker("rm", "-f", id).hasStatus(0).out()).contains(id);
    }

    @Test
    void what_others_execute_in_a_container_is_seen_from_outside_by_ebpf() throws IOException {
        String id = docker.start(image, List.of(), List.of("sh", "-c", WAIT));
        bounded("\"$PROFGEN\" record --force -o w.seccomp.json --recording w.recording.json --tracer ebpf --container "
                        + id + " --exercise 'docker exec " + id + " nice -n 5 true'")
                .hasStatus(0);
        assertThat(run().complete()).as(run().ledger().toString()).isTrue();
        assertThat(run().calls())
                .filteredOn(call -> call.id().name().equals(Optional.of("setpriority")))
                .extracting(Call::executable)
                .containsExactly("/usr/bin/nice");
        assertThat(Docker.docker("rm", "-f", id).hasStatus(0).out()).contains(id);
    }

    @Test
    void a_client_that_is_killed_loses_nothing_where_the_command_is_the_first_process() throws IOException {
        bounded(SCENE.replace("record ", "record --pid1 ") + "kill -KILL $(pgrep -P $p); wait $p")
                .hasStatus(128 + 9);
        assertThat(run().complete()).isTrue();
        assertThat(run().ledger()).extracting(Run.LedgerEntry::kind).contains("client-ended");
    }

    @Test
    void where_nothing_is_recorded_nothing_can_be_recorded_beside_it() {
        Ended ended = bounded("\"$PROFGEN\" exec no-such-container true").hasStatus(125);
        assertThat(ended.err()).startsWith("profgen: no-such-container: no container in which profgen records");
    }

    private static Ended scene(String action) {
        return bounded(SCENE + action);
    }

    private static Ended bounded(String script) {
        return BoundedCommand.of(List.of("sh", "-c", script))
                .in(folder)
                .with(Map.of("PROFGEN", Checkout.launcher().toString(), "IMAGE", image, "WAIT", WAIT))
                .run();
    }

    private static Run run() throws IOException {
        return RecordingReader.read(folder.resolve("w.recording.json")).runs().get(0);
    }

    private static List<Path> journals() throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(".w"))
                    .toList();
        }
    }
}
