package profgen.filter;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import profgen.syscall.Abi;
import profgen.syscall.SyscallTable;

/**
 * What happens to every call of an ABI, also to the numbers without a name.
 *
 * @param usual the answer to all numbers that lie between those with a name, which is the default of a filter made from a profile; empty
 *     if they are answered differently
 * @param rows by number
 * @param words of the outcomes in the rows, for people
 */
public record CallTable(Abi abi, Optional<Outcome> usual, List<Row> rows, Map<Outcome, String> words) {
    public CallTable {
        rows = List.copyOf(rows);
        words = Map.copyOf(words);
    }

    /**
     * A call, or neighbours without a name that are all answered alike.
     *
     * @param name empty for numbers without one
     * @param parts the arguments that lead to each outcome, the most open one first; empty if undecided
     * @param undecided why there is no exact answer, else empty
     */
    public record Row(int first, int last, String name, SortedMap<Outcome, Region> parts, String undecided) {
        /** The answer whatever the arguments are, if there is one. */
        public Optional<Outcome> always() {
            return parts.size() == 1 ? Optional.of(parts.firstKey()) : Optional.empty();
        }

        private boolean continues(Row before) {
            return name.isEmpty() && before.name.isEmpty() && always().isPresent() && always().equals(before.always());
        }
    }

    public static CallTable of(Verdicts verdicts, Abi abi) {
        List<Row> rows = new ArrayList<>();
        points(verdicts, abi).forEach(row -> add(rows, row));
        Map<Outcome, String> words = rows.stream()
                .flatMap(row -> row.parts().keySet().stream())
                .distinct()
                .collect(Collectors.toMap(outcome -> outcome, verdicts::inWords));
        return new CallTable(abi, usual(rows, abi), rows, words);
    }

    private static void add(List<Row> rows, Row row) {
        int last = rows.size() - 1;
        if (last >= 0 && row.continues(rows.get(last))) {
            Row before = rows.get(last);
            rows.set(last, new Row(before.first(), row.last(), "", before.parts(), before.undecided()));
        } else {
            rows.add(row);
        }
    }

    public String inWords(Outcome outcome) {
        return words.getOrDefault(outcome, outcome.inWords());
    }

    /** The calls that have a name. */
    public List<Row> named() {
        return rows.stream().filter(row -> !row.name().isEmpty()).toList();
    }

    /** The rows that are not answered as usual. */
    public List<Row> unusual() {
        return rows.stream()
                .filter(row -> usual.isEmpty() || !row.always().equals(usual))
                .toList();
    }

    public boolean isDecided() {
        return rows.stream().allMatch(row -> row.undecided().isEmpty());
    }

    /** Each number up to the first above those with a name; then where the answer may change. */
    private static List<Row> points(Verdicts verdicts, Abi abi) {
        int above = SyscallTable.of(abi).names().lastKey() + 1;
        SortedSet<Integer> starts =
                new TreeSet<>(IntStream.rangeClosed(0, above).boxed().collect(Collectors.toSet()));
        for (int number : verdicts.numbers(abi)) {
            starts.addAll(Set.of(Math.max(number, above), Math.max(number, above) + 1));
        }
        starts.remove(Abi.X32_BIT);
        List<Row> rows = new ArrayList<>();
        List<Integer> ordered = List.copyOf(starts);
        for (int i = 0; i < ordered.size(); i++) {
            int next = i + 1 < ordered.size() ? ordered.get(i + 1) : Abi.X32_BIT;
            rows.add(row(verdicts, abi, ordered.get(i), next - 1));
        }
        return rows;
    }

    private static Row row(Verdicts verdicts, Abi abi, int first, int last) {
        String name = SyscallTable.of(abi).name(first).orElse("");
        SortedMap<Outcome, Region> parts = new TreeMap<>(Comparator.reverseOrder());
        try {
            Regions regions = new Regions();
            Region reachable = regions.reachable(abi);
            verdicts.regions(abi, first, regions).forEach((outcome, region) -> {
                Region possible = region.and(reachable);
                if (!possible.isEmpty()) {
                    parts.put(outcome, reachable.contains(region.witness().orElseThrow()) ? region : possible);
                }
            });
            return new Row(first, last, name, parts, "");
        } catch (Undecided undecided) {
            return new Row(first, last, name, parts, String.valueOf(undecided.getMessage()));
        }
    }

    private static Optional<Outcome> usual(List<Row> rows, Abi abi) {
        int highest = SyscallTable.of(abi).names().lastKey();
        List<Optional<Outcome>> gaps = rows.stream()
                .filter(row -> row.name().isEmpty() && row.first() < highest)
                .map(Row::always)
                .distinct()
                .toList();
        return gaps.size() == 1 ? gaps.get(0) : Optional.empty();
    }
}
