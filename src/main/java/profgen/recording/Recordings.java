package profgen.recording;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BinaryOperator;

/** Recordings as sets of runs. */
public final class Recordings {
    /** A whole run before a torn one; then any order that all agree on. */
    private static final Comparator<Run> BETTER =
            Comparator.comparing(Run::complete).thenComparing(RecordingWriter::canonical);

    private Recordings() {}

    /**
     * The union of the runs. It does not depend on order or repetition: where one id has two contents (a run recovered from its journal
     * and the same run whole), the complete one stays.
     */
    public static Recording merge(Collection<Recording> recordings) {
        Map<String, Run> runs = new TreeMap<>();
        for (Recording recording : recordings) {
            recording.runs().forEach(run -> runs.merge(run.id(), run, Recordings::better));
        }
        return new Recording(List.copyOf(runs.values()));
    }

    private static Run better(Run a, Run b) {
        return a.equals(b) ? a : BinaryOperator.maxBy(BETTER).apply(a, b);
    }

    /** Ids of runs whose contents differ between recordings, sorted: merging leaves one of each out. */
    public static Set<String> conflicts(Collection<Recording> recordings) {
        Map<String, Run> seen = new TreeMap<>();
        Set<String> conflicts = new TreeSet<>();
        for (Recording recording : recordings) {
            for (Run run : recording.runs()) {
                Run other = seen.putIfAbsent(run.id(), run);
                if (other != null && !other.equals(run)) {
                    conflicts.add(run.id());
                }
            }
        }
        return conflicts;
    }
}
