package profgen.cli;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import profgen.container.Workload;
import profgen.generate.Generated;
import profgen.generate.Policy;
import profgen.profile.RuntimeFloor;
import profgen.recording.CallId;
import profgen.recording.Recording;
import profgen.recording.Run;

/**
 * What {@code record} made.
 *
 * @param runs those of this time
 * @param recording with those that were there before (append)
 * @param ownRootfs the workload's file system was the caller's
 */
record RecordResult(
        Workload workload,
        Policy policy,
        List<Run> runs,
        Recording recording,
        RecordOutputs outputs,
        Generated generated,
        boolean ownRootfs) {

    Set<CallId> calls() {
        return runs.stream()
                .flatMap(run -> run.calls().stream())
                .map(call -> call.id())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    Set<String> abis() {
        return calls().stream().map(CallId::abi).collect(Collectors.toCollection(TreeSet::new));
    }

    long processes() {
        return runs.stream()
                .mapToLong(run ->
                        run.outcome().processes() == null ? 0 : run.outcome().processes())
                .sum();
    }

    long durationNs() {
        return runs.stream()
                .mapToLong(run ->
                        run.outcome().durationNs() == null ? 0 : run.outcome().durationNs())
                .sum();
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
    private static int status(Run run) {
        if (run.outcome().signal() != null) {
            return 128 + run.outcome().signal();
        }
        return run.outcome().exitStatus() == null
                ? ExitCode.RECORD_FAILED.status()
                : run.outcome().exitStatus();
    }

    /** What {@code record} ends with: the workload's, unless a success would hide a gap. */
    int exitStatus() {
        int status = workloadStatus();
        return status == 0 && !isComplete() ? ExitCode.INCOMPLETE.status() : status;
    }

    String runLine() {
        return RunLine.docker(
                workload,
                outputs.profile().name(),
                generated.capAdd(),
                policy.floors().contains(RuntimeFloor.DOCKER_INIT));
    }

    /** Why the recording is of a failed run; empty if it is not. */
    String failure() {
        return runs.stream()
                .filter(run -> !run.outcome().succeeded())
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
