package profgen.cli;

import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import profgen.generate.Generated;
import profgen.generate.Policy;
import profgen.profile.RuntimeFloor;
import profgen.recording.CallId;
import profgen.recording.Ledger;
import profgen.recording.Recording;
import profgen.recording.Run;

/**
 * What {@code record} made.
 *
 * @param runs those of this time
 * @param recording with those that were there before (append)
 */
record RecordResult(
        Subject subject,
        Policy policy,
        List<Run> runs,
        Recording recording,
        RecordOutputs outputs,
        Generated generated) {

    Set<CallId> calls() {
        return runs.stream()
                .flatMap(run -> run.calls().stream())
                .map(call -> call.id())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    Set<String> abis() {
        return calls().stream().map(CallId::abi).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Empty if a recorder was killed before it could tell. */
    OptionalLong processes() {
        return sum(run -> run.outcome().processes());
    }

    /** Empty if a recorder was killed before it could tell. */
    OptionalLong durationNs() {
        return sum(run -> run.outcome().durationNs());
    }

    private OptionalLong sum(Function<Run, @Nullable Number> part) {
        long sum = 0;
        for (Run run : runs) {
            Number number = part.apply(run);
            if (number == null) {
                return OptionalLong.empty();
            }
            sum += number.longValue();
        }
        return OptionalLong.of(sum);
    }

    boolean isComplete() {
        return runs.stream().allMatch(Run::complete);
    }

    List<Run.LedgerEntry> ledger() {
        return runs.stream()
                .flatMap(run -> run.ledger().stream())
                .distinct()
                .sorted()
                .toList();
    }

    /** The workload's, of the first run that failed; 0 if none did. */
    int workloadStatus() {
        return runs.stream()
                .mapToInt(RecordResult::status)
                .filter(status -> status != 0)
                .findFirst()
                .orElse(0);
    }

    /** As a shell has it: 128 and the number of the signal. 125 if the end was not seen. */
    static int status(Run run) {
        if (run.endedOnPurpose()) {
            return 0;
        }
        if (run.outcome().signal() != null) {
            return 128 + run.outcome().signal();
        }
        return run.outcome().exitStatus() == null
                ? ExitCode.RECORD_FAILED.status()
                : run.outcome().exitStatus();
    }

    /** As shells have them: all that it ended with. */
    List<Integer> statuses() {
        return runs.stream().map(RecordResult::status).distinct().sorted().toList();
    }

    /** A load came to its end, a probe succeeded; nothing may have been asked for. */
    boolean isAsAsked() {
        return runs.stream().noneMatch(run -> run.has(Ledger.UNMET));
    }

    /** What {@code record} ends with: the workload's, unless a success would hide a gap. */
    int exitStatus() {
        int status = workloadStatus();
        boolean lacks = !isComplete() || !isAsAsked();
        return status == 0 && lacks ? ExitCode.INCOMPLETE.status() : status;
    }

    String runLine() {
        return subject.runLine(
                outputs.profile().name(), generated.capAdd(), policy.floors().contains(RuntimeFloor.DOCKER_INIT));
    }

    /** Why the recording is of a failed run; empty if it is not. */
    String failure() {
        return runs.stream()
                .filter(run -> !run.outcome().succeeded() && !run.endedOnPurpose())
                .findFirst()
                .map(RecordResult::failure)
                .orElse("");
    }

    private static String failure(Run run) {
        if (run.outcome().signal() != null) {
            return "the workload was ended by signal " + run.outcome().signal();
        }
        return run.outcome().exitStatus() == null
                ? "the end of the workload was not seen"
                : "the workload ended with status " + run.outcome().exitStatus();
    }
}
