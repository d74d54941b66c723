package profgen.recording;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import profgen.recording.Call.FirstSight;

/**
 * A call that the filter refused which a recorded workload ran under, by one executable and with one answer.
 *
 * @param answer what the filter's program returned: SECCOMP_RET_* with its data
 * @param count how often; null if the recorder was killed before it could tell
 * @param arguments distinct sets of all six, unsigned 64-bit, in the order in which they were seen; the recorder keeps a few
 */
public record Denial(
        String executable, CallId id, int answer, @Nullable Long count, FirstSight first, List<List<Long>> arguments) {
    public Denial {
        arguments = arguments.stream().map(List::copyOf).toList();
        if (arguments.isEmpty() || arguments.stream().anyMatch(six -> six.size() != 6)) {
            throw new IllegalArgumentException("a refused call without its six arguments");
        }
    }

    /** The same with how often it was. */
    Denial counted(long calls) {
        return new Denial(executable, id, answer, calls, first, arguments);
    }

    /** The same with one more set of arguments. */
    Denial with(List<List<Long>> more) {
        List<List<Long>> all = new ArrayList<>(arguments);
        all.addAll(more);
        return new Denial(executable, id, answer, count, first, all);
    }
}
