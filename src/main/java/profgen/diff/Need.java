package profgen.diff;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import profgen.filter.Region;
import profgen.filter.Regions;
import profgen.profile.ArgumentTest;
import profgen.profile.ArgumentTest.Operator;
import profgen.recording.Call;
import profgen.recording.Call.Arguments;
import profgen.recording.CallId;
import profgen.recording.Run;

/**
 * One call as some runs made it.
 *
 * @param tuples the recorded values, with the arguments that they stand for; only those that a filter sees, not what a call reads from memory
 * @param allKnown no run made the call with values that were not kept
 * @param flagsInMemory clone3's, unsigned
 */
record Need(
        CallId id, SortedSet<String> executables, List<Tuple> tuples, boolean allKnown, SortedSet<Long> flagsInMemory) {
    /** Some arguments of one call, by index. */
    record Tuple(SortedMap<Integer, Long> values) implements Comparable<Tuple> {
        Region region(Regions regions) {
            Region region = regions.all();
            for (Map.Entry<Integer, Long> value : values.entrySet()) {
                region = region.and(regions.of(new ArgumentTest(value.getKey(), Operator.EQ, value.getValue(), 0)));
            }
            return region;
        }

        /** All six, with 0 for what is not known. */
        long[] asCall() {
            long[] six = new long[6];
            values.forEach((index, value) -> six[index] = value);
            return six;
        }

        @Override
        public int compareTo(Tuple other) {
            for (int index = 0; index < 6; index++) {
                int order = Long.compareUnsigned(asCall()[index], other.asCall()[index]);
                if (order != 0) {
                    return order;
                }
            }
            return values.keySet().toString().compareTo(other.values.keySet().toString());
        }
    }

    /** Sorted by ABI and number. */
    static List<Need> of(Collection<Run> runs) {
        SortedMap<CallId, List<Call>> byId = new TreeMap<>();
        runs.forEach(run -> run.calls()
                .forEach(call ->
                        byId.computeIfAbsent(call.id(), id -> new ArrayList<>()).add(call)));
        List<Need> needs = new ArrayList<>();
        byId.forEach((id, calls) -> needs.add(of(id, calls)));
        return needs;
    }

    /** Those that profgen's tables know. */
    static Set<String> names(Collection<Need> needs) {
        return needs.stream().flatMap(need -> need.id().name().stream()).collect(Collectors.toSet());
    }

    private static Need of(CallId id, List<Call> calls) {
        SortedSet<String> executables = new TreeSet<>();
        SortedSet<Tuple> tuples = new TreeSet<>();
        SortedSet<Long> flags = new TreeSet<>();
        boolean allKnown = true;
        for (Call call : calls) {
            executables.add(call.executable());
            Arguments arguments = call.arguments();
            allKnown &= arguments != null && !arguments.many();
            if (arguments != null) {
                flags.addAll(inRegisters(id) == 0 ? arguments.valuesOf(0) : List.of());
                arguments.tuples().forEach(values -> tuples.add(tuple(id, arguments.indexes(), values)));
            }
        }
        return new Need(id, executables, List.copyOf(tuples), allKnown, flags);
    }

    private static Tuple tuple(CallId id, List<Integer> indexes, List<Long> values) {
        SortedMap<Integer, Long> seen = new TreeMap<>();
        for (int i = 0; i < values.size(); i++) {
            if (indexes.get(i) < inRegisters(id)) {
                seen.put(indexes.get(i), values.get(i));
            }
        }
        return new Tuple(seen);
    }

    /** From this index on a recorded value was read from memory. */
    static int inRegisters(CallId id) {
        return switch (id.name().orElse("")) {
            case "clone3" -> 0;
            case "socketcall" -> 1;
            default -> 6;
        };
    }
}
