package profgen.diff;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import profgen.diff.ProfileAndRecording.Named;
import profgen.diff.RecordedChange.What;
import profgen.recording.Call;
import profgen.recording.Call.Arguments;
import profgen.recording.CallId;
import profgen.recording.Extent;
import profgen.recording.Recording;
import profgen.recording.Run;
import profgen.syscall.Abi;
import profgen.syscall.Errno;
import profgen.syscall.Symbols;

/**
 * Two recordings: calls, values of arguments, errors and executables that only one of them shows. How often something was seen does not count, and
 * where one recording cannot tell (no results, not all values kept), nothing is said.
 */
public final class RecordingComparer {
    private final List<Change> changes = new ArrayList<>();

    private RecordingComparer() {}

    public static Comparison compare(Named<Recording> a, Named<Recording> b) {
        SortedMap<CallId, List<Seen>> before = seen(a.value());
        SortedMap<CallId, List<Seen>> after = seen(b.value());
        RecordingComparer comparer = new RecordingComparer();
        comparer.executables(a.value(), b.value());
        SortedSet<CallId> ids = new TreeSet<>(before.keySet());
        ids.addAll(after.keySet());
        for (CallId id : ids) {
            List<Seen> first = before.getOrDefault(id, List.of());
            List<Seen> second = after.getOrDefault(id, List.of());
            if (first.isEmpty() || second.isEmpty()) {
                comparer.call(id, first.isEmpty(), first.isEmpty() ? second : first);
            } else {
                comparer.errnos(id, first, second);
                comparer.arguments(id, first, second);
            }
        }
        return new Comparison(a.name(), b.name(), List.of(), comparer.changes, undecided(List.of(a, b)), List.of());
    }

    /** A call in a run. */
    private record Seen(Run run, Call call) {
        private static final Comparator<Seen> EARLIER = Comparator.<Seen>comparingLong(
                        seen -> seen.run.provenance().started())
                .thenComparing(seen -> seen.run.id())
                .thenComparing(seen -> seen.call.first().ns())
                .thenComparing(seen -> seen.call.executable());

        String inWords() {
            return call.executable() + " in run " + run.id().substring(0, 8) + ", pid "
                    + call.first().pid() + " after " + call.first().ns() / 1_000_000 + " ms";
        }

        static Seen first(List<Seen> all) {
            return all.stream().min(EARLIER).orElseThrow();
        }
    }

    private static SortedMap<CallId, List<Seen>> seen(Recording recording) {
        SortedMap<CallId, List<Seen>> seen = new TreeMap<>();
        recording
                .runs()
                .forEach(run -> run.calls()
                        .forEach(call -> seen.computeIfAbsent(call.id(), id -> new ArrayList<>())
                                .add(new Seen(run, call))));
        return seen;
    }

    private static List<Comparison.Undecided> undecided(List<Named<Recording>> sides) {
        return sides.stream()
                .filter(side -> !side.value().isComplete())
                .map(side -> Comparison.Undecided.incomplete(side.name()))
                .toList();
    }

    private static String name(CallId id) {
        String name = id.name().orElse(Integer.toString(id.number()));
        boolean plain =
                id.name().isPresent() && id.knownAbi().map(Abi::isNative).orElse(false);
        return plain ? name : id.abi() + " " + name;
    }

    private void executables(Recording a, Recording b) {
        Map<String, Seen> before = byExecutable(a);
        Map<String, Seen> after = byExecutable(b);
        after.forEach((path, seen) -> add(!before.containsKey(path), What.EXECUTABLE, true, path, "", seen, null));
        before.forEach((path, seen) -> add(!after.containsKey(path), What.EXECUTABLE, false, path, "", seen, null));
    }

    private static SortedMap<String, Seen> byExecutable(Recording recording) {
        SortedMap<String, Seen> first = new TreeMap<>();
        for (Run run : recording.runs()) {
            for (Call call : run.calls()) {
                first.merge(call.executable(), new Seen(run, call), (x, y) -> Seen.first(List.of(x, y)));
            }
        }
        return first;
    }

    private void call(CallId id, boolean appeared, List<Seen> seen) {
        Seen first = Seen.first(seen);
        Arguments arguments = first.call().arguments();
        List<Long> values = arguments == null || arguments.tuples().isEmpty()
                ? List.of()
                : arguments.tuples().get(0);
        add(true, What.CALL, appeared, name(id), "", first, witness(id, arguments, values));
    }

    private void errnos(CallId id, List<Seen> a, List<Seen> b) {
        SortedMap<Integer, Seen> before = errnos(a);
        SortedMap<Integer, Seen> after = errnos(b);
        if (a.stream().anyMatch(seen -> seen.call().errnos() == null)
                || b.stream().anyMatch(seen -> seen.call().errnos() == null)) {
            return;
        }
        if (allSeen(a)) {
            after.forEach((errno, seen) ->
                    add(!before.containsKey(errno), What.ERRNO, true, name(id), Errno.name(errno), seen, null));
        }
        if (allSeen(b)) {
            before.forEach((errno, seen) ->
                    add(!after.containsKey(errno), What.ERRNO, false, name(id), Errno.name(errno), seen, null));
        }
    }

    /** Else a result that is not recorded may have been there. */
    private static boolean allSeen(List<Seen> all) {
        return all.stream().allMatch(seen -> seen.call().extent() == Extent.EXACT);
    }

    private static SortedMap<Integer, Seen> errnos(List<Seen> all) {
        SortedMap<Integer, Seen> first = new TreeMap<>();
        for (Seen seen : all) {
            if (seen.call().errnos() != null) {
                seen.call()
                        .errnos()
                        .keySet()
                        .forEach(errno -> first.merge(errno, seen, (x, y) -> Seen.first(List.of(x, y))));
            }
        }
        return first;
    }

    private record Values(List<Integer> indexes, List<Long> values) {}

    private void arguments(CallId id, List<Seen> a, List<Seen> b) {
        Map<Values, Seen> before = values(a);
        Map<Values, Seen> after = values(b);
        if (allKept(a)) {
            after.forEach((values, seen) -> arguments(id, !before.containsKey(values), true, values, seen));
        }
        if (allKept(b)) {
            before.forEach((values, seen) -> arguments(id, !after.containsKey(values), false, values, seen));
        }
    }

    private static boolean allKept(List<Seen> all) {
        return all.stream()
                .allMatch(seen -> seen.call().arguments() != null
                        && !seen.call().arguments().many());
    }

    private static Map<Values, Seen> values(List<Seen> all) {
        Map<Values, Seen> first = new LinkedHashMap<>();
        for (Seen seen : all) {
            Arguments arguments = seen.call().arguments();
            if (arguments != null) {
                arguments
                        .tuples()
                        .forEach(tuple -> first.merge(
                                new Values(arguments.indexes(), tuple), seen, (x, y) -> Seen.first(List.of(x, y))));
            }
        }
        return first;
    }

    private void arguments(CallId id, boolean differs, boolean appeared, Values values, Seen seen) {
        List<String> symbols = Symbols.render(id.name().orElse(""), values.indexes(), values.values());
        Arguments one = new Arguments(values.indexes(), List.of(values.values()), false);
        String words = IntStream.range(0, symbols.size())
                .mapToObj(i -> "a" + values.indexes().get(i) + " == " + symbols.get(i))
                .collect(Collectors.joining(" and "));
        add(differs, What.ARGUMENTS, appeared, name(id), words, seen, witness(id, one, values.values()));
    }

    private static @Nullable Witness witness(CallId id, @Nullable Arguments arguments, List<Long> values) {
        if (id.knownAbi().isEmpty()) {
            return null;
        }
        long[] six = new long[6];
        for (int i = 0; arguments != null && i < values.size(); i++) {
            if (arguments.indexes().get(i) < Need.inRegisters(id)) {
                six[arguments.indexes().get(i)] = values.get(i);
            }
        }
        return Witness.of(id.knownAbi().get(), id.number(), six);
    }

    private void add(
            boolean differs,
            What what,
            boolean appeared,
            String subject,
            String value,
            Seen seen,
            @Nullable Witness witness) {
        if (differs) {
            changes.add(new RecordedChange(what, appeared, subject, value, seen.inWords(), witness));
        }
    }
}
