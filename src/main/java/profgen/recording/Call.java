package profgen.recording;

import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One system call as one executable made it in one run.
 *
 * @param executable path of the program, e.g. {@code /usr/bin/numactl}
 * @param id ABI and number
 * @param count how often; null if the back end cannot count (absent, not zero)
 * @param errnos error number to how often it was returned; null if the back end cannot see results. Kernel-internal restart codes (512 and up) appear too
 * @param first the first sight
 * @param arguments distinct values of the watched arguments; null if the call has none or the back end cannot see them
 */
public record Call(
        String executable,
        CallId id,
        @Nullable Long count,
        @Nullable SortedMap<Integer, Long> errnos,
        FirstSight first,
        @Nullable Arguments arguments) {
    public Call {
        if (count != null && count < 0) {
            throw new IllegalArgumentException("negative count");
        }
        errnos = errnos == null ? null : Collections.unmodifiableSortedMap(new TreeMap<>(errnos));
    }

    /** How often the call gave no error; empty if the back end cannot tell. */
    public OptionalLong successes() {
        if (count == null || errnos == null) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(
                count - errnos.values().stream().mapToLong(Long::longValue).sum());
    }

    /**
     * When a call was seen first.
     *
     * @param ns nanoseconds since the run began
     * @param pid in the recorder's pid namespace
     */
    public record FirstSight(long ns, int pid, String argv0) {}

    /**
     * The distinct tuples of the watched arguments, unsigned 64-bit as a seccomp filter sees them, sorted.
     *
     * @param many true if there were more tuples than the recorder keeps (64)
     */
    public record Arguments(List<List<Long>> tuples, boolean many) {
        public Arguments {
            tuples = tuples.stream()
                    .map(List::copyOf)
                    .distinct()
                    .sorted(Arguments::compareUnsigned)
                    .toList();
        }

        private static int compareUnsigned(List<Long> a, List<Long> b) {
            for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
                int order = Long.compareUnsigned(a.get(i), b.get(i));
                if (order != 0) {
                    return order;
                }
            }
            return Integer.compare(a.size(), b.size());
        }
    }
}
