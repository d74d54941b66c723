package profgen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import profgen.Requires;
import profgen.proof.Workloads;
import profgen.recording.Call;
import profgen.recording.Phase;
import profgen.recording.RecordingReader;
import profgen.recording.Run;

/** What is run beside a workload in its own place: the probe of {@code --until-exec}, and the health check. */
class InsideIT {
    private static Path server;

    @TempDir
    Path folder;

    @BeforeAll
    static void compile() throws IOException {
        Requires.that(SandboxHere.works(), "the built-in container");
        server = Workloads.compiled("server");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sandbox", "host"})
    void a_probe_beside_the_workload_ends_the_run_and_its_calls_are_recorded_too(String engine) throws IOException {
        record("--engine " + engine + " --until-exec 'test -s port && nice -n 5 true' -- \"$1\" polite port")
                .hasStatus(0)
                .said("ended on purpose");
        assertThat(runs()).hasSize(2).allMatch(Run::complete).anyMatch(Run::endedOnPurpose);
        assertThat(inExecAlone("setpriority")).isTrue();
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.filter(file -> file.toString().contains("journal")))
                    .isEmpty();
        }
        verify("--engine " + engine + " --until-exec 'test -s port && nice -n 5 true'")
                .hasStatus(0);
        Launched refused = verify("--engine " + engine + " --timeout 5s --until-exec 'mkdir made'");
        refused.hasStatus(1);
        assertThat(refused.out())
                .contains("what was waited for did not happen: mkdir made", "denied     mkdir(", "in phase exec");
    }

    @Test
    void a_probe_that_never_succeeds_is_said_and_the_status_is_5() throws IOException {
        record("--timeout 1s --until-exec false -- \"$1\" polite port")
                .hasStatus(5)
                .said("what was waited for did not happen: false");
        assertThat(runs()).hasSize(1);
    }

    @Test
    void a_health_check_is_run_in_the_sandbox_and_one_that_fails_is_in_the_ledger() throws IOException {
        record("--health-cmd 'nice -n 5 true; echo >>checks' --health-interval 100ms"
                        + " --until 'test $(wc -l <checks) -ge 2' -- sleep 1000")
                .hasStatus(0);
        assertThat(runs())
                .anySatisfy(run -> assertThat(run.provenance().command())
                        .containsExactly("/bin/sh", "-c", "nice -n 5 true; echo >>checks"));
        assertThat(inExecAlone("setpriority")).isTrue();

        record("--force --health-cmd false --for 500ms -- sleep 1000")
                .hasStatus(0)
                .said("the health check did not succeed while it was recorded");
    }

    @Test
    void nothing_is_put_beside_what_profgen_did_not_start() throws IOException {
        for (String option : List.of("--until-exec", "--health-cmd")) {
            Launched.script(folder, "\"$0\" record --for 1s " + option + " true --attach $$")
                    .hasStatus(125)
                    .said("profgen: " + option + ": nothing is put where profgen did not start what runs", "hint: ");
        }
    }

    private Launched record(String words) throws IOException {
        return Launched.script(folder, "\"$0\" record -o p.json --recording r.json " + words, server.toString());
    }

    private Launched verify(String words) throws IOException {
        return Launched.script(
                folder, "\"$0\" verify p.json --runs 1 " + words + " -- \"$1\" polite port", server.toString());
    }

    private List<Run> runs() {
        return RecordingReader.read(folder.resolve("r.json")).runs();
    }

    private boolean inExecAlone(String call) {
        List<Call> calls = runs().stream()
                .flatMap(run -> run.calls().stream())
                .filter(one -> one.id().name().filter(call::equals).isPresent())
                .toList();
        return !calls.isEmpty()
                && calls.stream().allMatch(one -> one.phases().stream().allMatch(phase -> phase == Phase.EXEC));
    }
}
