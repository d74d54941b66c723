package profgen.recording;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import profgen.recording.Call.Arguments;
import profgen.recording.Call.FirstSight;
import profgen.syscall.WatchedArguments;

/** Gathers what the lines of a journal say of one call of one executable. */
final class CallTally {
    private final String executable;
    private final CallId id;
    private final List<Integer> watched;
    private final List<List<Long>> tuples = new ArrayList<>();
    private final SortedMap<Integer, Long> errnos = new TreeMap<>();
    private final SortedSet<Phase> phases = new TreeSet<>();
    private FirstSight first;
    private @Nullable Long count;
    private boolean many;
    private boolean atLeast;
    private boolean withoutResults;

    CallTally(String executable, CallId id, FirstSight first) {
        this.executable = executable;
        this.id = id;
        this.watched = id.name().map(WatchedArguments::of).orElse(List.of());
        this.first = first;
    }

    void seen(FirstSight sight) {
        if (sight.ns() < first.ns()) {
            first = sight;
        }
    }

    void seenIn(Phase phase) {
        phases.add(phase);
    }

    /** False if the values cannot be those of the watched arguments. */
    boolean tuple(List<Long> values) {
        return !watched.isEmpty() && values.size() == watched.size() && tuples.add(values);
    }

    void manyTuples() {
        many = true;
    }

    /** Totals come after all first sights and know better. */
    void error(int errno) {
        if (count == null) {
            errnos.putIfAbsent(errno, 1L);
        }
    }

    /** The total at the end; it replaces what first sights said, and the totals of two executables of one path add up. */
    void counted(long calls, @Nullable SortedMap<Integer, Long> errors, boolean more) {
        atLeast |= more;
        if (errors == null) {
            withoutResults = true;
            count = Total.add(count == null ? 0 : count, calls);
            return;
        }
        Call.requireConsistent(calls, errors.values());
        if (count == null) {
            errnos.clear();
        }
        count = Total.add(count == null ? 0 : count, calls);
        errors.forEach((errno, times) -> errnos.merge(errno, times, Total::add));
    }

    Call call() {
        Arguments arguments =
                watched.isEmpty() || (tuples.isEmpty() && !many) ? null : new Arguments(watched, tuples, many);
        return new Call(
                executable,
                id,
                count,
                withoutResults ? null : errnos,
                first,
                arguments,
                phases,
                atLeast ? Extent.AT_LEAST : Extent.EXACT);
    }
}
