package profgen.recording;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import profgen.syscall.Abi;

/** What happened: a set of runs, sorted by run id. Totals over runs are computed on reading, never stored. */
public record Recording(List<Run> runs) {
    public Recording {
        runs = runs.stream().sorted(Comparator.comparing(Run::id)).toList();
        if (runs.stream().map(Run::id).distinct().count() != runs.size()) {
            throw new IllegalArgumentException("two runs with one id");
        }
    }

    public boolean isComplete() {
        return runs.stream().allMatch(Run::complete);
    }

    /** Every ABI label in which a call was recorded, sorted. */
    public Set<String> abiLabels() {
        Set<String> labels = new TreeSet<>();
        runs.forEach(run -> run.calls().forEach(call -> labels.add(call.id().abi())));
        return labels;
    }

    /** Whether a run of it is divided into phases. */
    public boolean hasPhases() {
        return runs.stream()
                .flatMap(run -> run.calls().stream())
                .anyMatch(call -> !call.phases().isEmpty());
    }

    /** Whether a call of it is not known to its whole extent. */
    public boolean hasExtents() {
        return runs.stream().flatMap(run -> run.calls().stream()).anyMatch(call -> call.extent() != Extent.EXACT);
    }

    /** Whether the recorder of any run saw what capabilities were asked for. */
    public boolean hasCapabilityUses() {
        return runs.stream().anyMatch(run -> run.capabilityUses() != null);
    }

    public boolean hasForeignAbi() {
        return abiLabels().stream()
                .anyMatch(label -> !Abi.byLabel(label).map(Abi::isNative).orElse(false));
    }
}
