package profgen.recording;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One system call as one executable made it in one run.
 *
 * @param executable path of the program, e.g. {@code /usr/bin/numactl}; a byte that is not UTF-8 is the text {@code \xNN}
 * @param id ABI and number
 * @param count how often; null if the back end cannot count or was killed before it could tell (absent, not zero)
 * @param errnos error number to how often it was returned, which is a lower bound if the count is null; null if the back end cannot see
 *     results. Kernel-internal restart codes (512 and up) appear too
 * @param first the first sight
 * @param arguments distinct values of the watched arguments; null if the call has none or the back end cannot see them
 * @param phases in which it was seen; empty if the run is not divided
 * @param extent how much of all this is known
 */
public record Call(
        String executable,
        CallId id,
        @Nullable Long count,
        @Nullable SortedMap<Integer, Long> errnos,
        FirstSight first,
        @Nullable Arguments arguments,
        SortedSet<Phase> phases,
        Extent extent) {
    public Call {
        phases = Collections.unmodifiableSortedSet(new TreeSet<>(phases));
        if (count != null && count < 0) {
            throw new IllegalArgumentException("negative count");
        }
        errnos = errnos == null ? null : Collections.unmodifiableSortedMap(new TreeMap<>(errnos));
        if (count != null && errnos != null) {
            requireConsistent(count, errnos.values());
        }
    }

    /** Of a run that knows each use of it. */
    public Call(
            String executable,
            CallId id,
            @Nullable Long count,
            @Nullable SortedMap<Integer, Long> errnos,
            FirstSight first,
            @Nullable Arguments arguments,
            SortedSet<Phase> phases) {
        this(executable, id, count, errnos, first, arguments, phases, Extent.EXACT);
    }

    /** The same, of a run that is not divided. */
    public Call(
            String executable,
            CallId id,
            @Nullable Long count,
            @Nullable SortedMap<Integer, Long> errnos,
            FirstSight first,
            @Nullable Arguments arguments) {
        this(executable, id, count, errnos, first, arguments, Collections.emptySortedSet());
    }

    Call in(Set<Phase> these) {
        return new Call(executable, id, count, errnos, first, arguments, new TreeSet<>(these), extent);
    }

    static void requireConsistent(long count, Collection<Long> errors) {
        if (sum(errors) > count) {
            throw new IllegalArgumentException("more errors than calls");
        }
    }

    /** How often the call gave no error (or never returned, as exit does), at least that where the extent says so; empty if the back end cannot tell. */
    public OptionalLong successes() {
        if (count == null || errnos == null) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(count - sum(errnos.values()));
    }

    private static long sum(Collection<Long> counts) {
        long sum = 0;
        for (long count : counts) {
            if (count < 1) {
                throw new IllegalArgumentException("an error that was returned " + count + " times");
            }
            sum = sum + count < 0 ? Long.MAX_VALUE : sum + count;
        }
        return sum;
    }

    /**
     * When a call was seen first.
     *
     * @param ns nanoseconds since the run began
     * @param pid in the recorder's pid namespace
     */
    public record FirstSight(long ns, int pid, String argv0) {
        public FirstSight {
            if (ns < 0 || pid < 0) {
                throw new IllegalArgumentException("negative time or process number");
            }
        }
    }

    /**
     * The distinct tuples of the watched arguments, unsigned 64-bit as a seccomp filter sees them, sorted.
     *
     * @param indexes which argument (0 to 5) stands at each place of a tuple; for clone3 0 is the flags word of its structure, for
     *     i386's socketcall 0 is the call, and 1 to 3 are domain, type, protocol or level, name, zero of that call, read from memory
     * @param many true if there were more tuples than the recorder keeps (64)
     */
    public record Arguments(List<Integer> indexes, List<List<Long>> tuples, boolean many) {
        public Arguments {
            indexes = List.copyOf(indexes);
            int width = indexes.size();
            if (tuples.stream().anyMatch(tuple -> tuple.size() != width)) {
                throw new IllegalArgumentException("a tuple that has not as many values as there are indexes");
            }
            tuples = tuples.stream()
                    .map(List::copyOf)
                    .distinct()
                    .sorted(Arguments::compareUnsigned)
                    .toList();
        }

        /** The distinct values of one argument, in unsigned order; empty if it is not among the watched ones. */
        public List<Long> valuesOf(int index) {
            int place = indexes.indexOf(index);
            return tuples.stream()
                    .filter(tuple -> place >= 0)
                    .map(tuple -> tuple.get(place))
                    .distinct()
                    .sorted(Long::compareUnsigned)
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
