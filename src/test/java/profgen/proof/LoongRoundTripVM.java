package profgen.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import profgen.recording.Recording;
import profgen.recording.RecordingReader;
import profgen.recording.Run;
import profgen.syscall.Arch;
import profgen.syscall.Errno;

/**
 * What was recorded on a LoongArch kernel with two NUMA nodes, in the tracer's container and in crun's, becomes profiles on this machine, which crun and runc
 * then enforce on such a kernel: one boot to record, one to enforce.
 */
class LoongRoundTripVM {
    private static final String OBSERVED = "--gates=observed";

    @TempDir
    private static Path folder;

    private static LoongCorpus corpus;
    private static LoongStarts starts;

    @BeforeAll
    static void record_generate_and_enforce() throws IOException {
        LoongMachine machine = LoongMachine.open();
        corpus = LoongCorpus.record(machine, folder);
        starts = new LoongStarts(corpus, folder);
        for (String runtime : List.of("crun", "runc")) {
            for (String program : corpus.programs()) {
                starts.add(runtime, program, program, List.of(OBSERVED), List.of());
            }
            starts.add(runtime, "gated", "numactl-show", List.of(), List.of());
            starts.add(runtime, "with-the-capability", "numactl-show", List.of(), List.of("SYS_NICE"));
            starts.add(runtime, "denied", "numactl-show", List.of(OBSERVED, "--deny=get_mempolicy"), List.of());
            starts.addRefused(runtime, "refused", List.of(OBSERVED, "--deny=get_mempolicy"));
            starts.addRefused(runtime, "refused-but-one", List.of(OBSERVED));
        }
        starts.run(machine);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sandbox", "crun"})
    void every_recording_is_whole_and_of_a_run_that_succeeded(String container) {
        for (String program : corpus.programs()) {
            Recording recording = RecordingReader.read(corpus.recording(container, program));
            assertThat(recording.isComplete()).as(program).isTrue();
            Run run = recording.runs().get(0);
            assertThat(run.provenance().arch()).isEqualTo(Arch.LOONGARCH64);
            assertThat(run.outcome().exitStatus())
                    .as(corpus.output(container, program))
                    .isZero();
        }
    }

    @Test
    void numactl_is_recorded_alike_in_both_containers() {
        for (String program : corpus.programs().stream()
                .filter(name -> name.startsWith("numactl"))
                .toList()) {
            assertThat(Recorder.ids(corpus.run("sandbox", program)))
                    .isEqualTo(Recorder.ids(corpus.run("crun", program)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"crun", "runc"})
    void every_program_runs_under_its_profile(String runtime) {
        corpus.programs().forEach(program -> starts.ended(runtime, program).hasStatus(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"crun", "runc"})
    void dockers_gate_holds_and_the_capability_opens_it(String runtime) {
        starts.ended(runtime, "gated").hasStatus(1);
        starts.ended(runtime, "with-the-capability").hasStatus(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"crun", "runc"})
    void what_was_taken_out_is_refused(String runtime) {
        starts.ended(runtime, "denied").hasStatus(1);
        Map<String, String> refused = errnos(starts.ended(runtime, "refused"));
        assertThat(refused.remove("clone3")).isEqualTo("ENOSYS");
        assertThat(refused.values()).as("%s", refused).hasSize(11).containsOnly("EPERM");

        assertThat(errnos(starts.ended(runtime, "refused-but-one"))).containsEntry("get_mempolicy", "0");
    }

    /** The answers that testdata/workloads/refused.c prints. */
    private static Map<String, String> errnos(Ended ended) {
        Map<String, String> answers = new TreeMap<>();
        ended.hasStatus(0).out().lines().map(line -> line.split(" ", -1)).forEach(parts -> {
            int number = Integer.parseInt(parts[1]);
            answers.put(parts[0], number == 0 ? "0" : Errno.name(number));
        });
        return answers;
    }
}
