package profgen.recording;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import profgen.recording.Call.Arguments;
import profgen.recording.Call.FirstSight;

/**
 * What several runs say of a call.
 *
 * @param runs in how many of them it was seen
 * @param count null if one of the runs where it was seen could not count
 * @param successes null if one of them could not tell
 * @param errnos error number to how often it was returned, as far as the runs tell; null if none of them could see results
 * @param first the earliest sight, by the clock of the machine
 * @param phases in which it was seen, in any run; empty if no run is divided
 * @param extent whether the above is all; {@code AT_LEAST} if one of its parts is more or less known than another
 * @param arguments the distinct tuples; one entry for each choice of watched arguments, which is the same for all runs of one profgen
 */
public record Total(
        int runs,
        @Nullable Long count,
        @Nullable Long successes,
        @Nullable SortedMap<Integer, Long> errnos,
        Sighting first,
        SortedSet<Phase> phases,
        Extent extent,
        List<Arguments> arguments) {

    /** @param run its id */
    public record Sighting(String run, String executable, FirstSight sight) {}

    record Seen(Run run, Call call) {
        /** Two runs may have begun at the same nanosecond, or claim so. */
        private static final Comparator<Seen> EARLIER = Comparator.comparing(
                        (Seen seen) -> BigInteger.valueOf(seen.run.provenance().started())
                                .add(BigInteger.valueOf(seen.call.first().ns())))
                .thenComparing(seen -> seen.run.id())
                .thenComparing(seen -> seen.call.executable());
    }

    static Total of(List<Seen> seen) {
        Seen first = seen.stream().min(Seen.EARLIER).orElseThrow();
        List<Call> calls = seen.stream().map(Seen::call).toList();
        return new Total(
                (int) seen.stream().map(one -> one.run().id()).distinct().count(),
                calls.stream().anyMatch(call -> call.count() == null)
                        ? null
                        : sum(calls.stream().map(Call::count)),
                successes(calls),
                errnos(calls),
                new Sighting(
                        first.run().id(),
                        first.call().executable(),
                        first.call().first()),
                phases(calls),
                Extent.of(calls.stream().map(Call::extent).toList()),
                arguments(calls));
    }

    private static @Nullable Long successes(List<Call> calls) {
        List<OptionalLong> each = calls.stream().map(Call::successes).toList();
        return each.stream().anyMatch(OptionalLong::isEmpty)
                ? null
                : sum(each.stream().map(OptionalLong::getAsLong));
    }

    private static @Nullable SortedMap<Integer, Long> errnos(List<Call> calls) {
        SortedMap<Integer, Long> sums = null;
        for (Call call : calls) {
            if (call.errnos() != null) {
                sums = sums == null ? new TreeMap<>() : sums;
                for (Map.Entry<Integer, Long> entry : call.errnos().entrySet()) {
                    sums.merge(entry.getKey(), entry.getValue(), Total::add);
                }
            }
        }
        return sums;
    }

    private static SortedSet<Phase> phases(List<Call> calls) {
        SortedSet<Phase> all = new TreeSet<>();
        calls.forEach(call -> all.addAll(call.phases()));
        return all;
    }

    private static List<Arguments> arguments(List<Call> calls) {
        Map<List<Integer>, List<Arguments>> byIndexes = new TreeMap<>(Comparator.comparing(List::toString));
        for (Call call : calls) {
            if (call.arguments() != null) {
                byIndexes
                        .computeIfAbsent(call.arguments().indexes(), indexes -> new ArrayList<>())
                        .add(call.arguments());
            }
        }
        return byIndexes.values().stream().map(Total::union).toList();
    }

    private static Arguments union(Collection<Arguments> same) {
        List<List<Long>> tuples =
                same.stream().flatMap(one -> one.tuples().stream()).collect(Collectors.toList());
        boolean many = same.stream().anyMatch(Arguments::many);
        return new Arguments(same.iterator().next().indexes(), tuples, many);
    }

    private static Long sum(Stream<Long> values) {
        return values.reduce(0L, Total::add);
    }

    /** Counts are not negative: a sum beyond a long stays at its end. */
    static long add(long a, long b) {
        return a + b < 0 ? Long.MAX_VALUE : a + b;
    }
}
