package profgen.recording;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What all runs of a recording say together of each call; computed, never stored.
 *
 * @param runs how many runs there are
 * @param calls sorted by ABI and number
 */
public record Summary(int runs, List<CallTotal> calls) {
    public Summary {
        calls = List.copyOf(calls);
    }

    public static Summary of(Recording recording) {
        SortedMap<CallId, SortedMap<String, List<Total.Seen>>> seen = new TreeMap<>();
        for (Run run : recording.runs()) {
            for (Call call : run.calls()) {
                seen.computeIfAbsent(call.id(), id -> new TreeMap<>())
                        .computeIfAbsent(call.executable(), path -> new ArrayList<>())
                        .add(new Total.Seen(run, call));
            }
        }
        List<CallTotal> calls = new ArrayList<>();
        seen.forEach((id, byExecutable) -> calls.add(CallTotal.of(id, byExecutable)));
        return new Summary(recording.runs().size(), calls);
    }

    /**
     * One call.
     *
     * @param total of all executables
     * @param byExecutable by path
     */
    public record CallTotal(CallId id, Total total, SortedMap<String, Total> byExecutable) {
        private static CallTotal of(CallId id, SortedMap<String, List<Total.Seen>> byExecutable) {
            SortedMap<String, Total> totals = new TreeMap<>();
            byExecutable.forEach((path, seen) -> totals.put(path, Total.of(seen)));
            List<Total.Seen> all =
                    byExecutable.values().stream().flatMap(List::stream).toList();
            return new CallTotal(id, Total.of(all), totals);
        }
    }
}
