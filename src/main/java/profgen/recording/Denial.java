package profgen.recording;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import profgen.recording.Call.FirstSight;

/**
 * A call that the filter refused which a recorded workload ran under, by one executable and with one answer.
 *
 * @param answer what the filter's program returned: SECCOMP_RET_* with its data
 * @param count how often; null if the recorder was killed before it could tell
 * @param arguments distinct sets of all six, unsigned 64-bit, in the order in which they were seen; the recorder keeps a few
 * @param phases in which it was refused; empty for a run that is not divided
 */
public record Denial(
        String executable,
        CallId id,
        int answer,
        @Nullable Long count,
        FirstSight first,
        List<List<Long>> arguments,
        SortedSet<Phase> phases) {
    public Denial {
        arguments = arguments.stream().map(List::copyOf).distinct().toList();
        phases = Collections.unmodifiableSortedSet(new TreeSet<>(phases));
        if (arguments.isEmpty() || arguments.stream().anyMatch(six -> six.size() != 6)) {
            throw new IllegalArgumentException("a refused call without its six arguments");
        }
    }

    /** The same with how often it was. */
    Denial counted(long calls) {
        return new Denial(executable, id, answer, calls, first, arguments, phases);
    }

    /** The same, refused in these phases. */
    Denial in(Set<Phase> other) {
        return new Denial(executable, id, answer, count, first, arguments, new TreeSet<>(other));
    }

    /** The same with what a later one of it shows. */
    Denial with(Denial later) {
        List<List<Long>> all = new ArrayList<>(arguments);
        all.addAll(later.arguments);
        SortedSet<Phase> both = new TreeSet<>(phases);
        both.addAll(later.phases);
        return new Denial(executable, id, answer, count, first, all, both);
    }
}
