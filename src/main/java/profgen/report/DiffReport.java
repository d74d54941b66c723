package profgen.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import profgen.diff.Change;
import profgen.diff.Comparison;
import profgen.diff.Direction;
import profgen.diff.Witness;
import profgen.report.TextTable.Column;

/** A comparison for people: a table of changes, with a sentence above it. */
public final class DiffReport {
    private static final List<String> TITLES = List.of("", "CALL", "CHANGE", "WHAT", "WITNESS", "WHERE");

    private static final int SHOWN = 4;

    private DiffReport() {}

    public static String text(Comparison comparison) {
        StringBuilder out = new StringBuilder(headline(comparison)).append('\n');
        if (!comparison.changes().isEmpty()) {
            TextTable table = new TextTable(TITLES.stream().map(Column::text).toList());
            rows(comparison).forEach(table::add);
            out.append('\n').append(table.text());
        }
        remarks(comparison).forEach(remark -> out.append('\n').append(TextTable.printable(remark)));
        return out.append(remarks(comparison).isEmpty() ? "" : "\n").toString();
    }

    public static String markdown(Comparison comparison) {
        StringBuilder out = new StringBuilder("### profgen diff\n\n");
        out.append(MarkdownTable.text(headline(comparison))).append('\n');
        if (!comparison.changes().isEmpty()) {
            List<String> titles = TITLES.stream().map(DiffReport::capitalized).toList();
            MarkdownTable table = new MarkdownTable(titles);
            rows(comparison).forEach(table::add);
            out.append('\n').append(table.text());
        }
        remarks(comparison).forEach(remark -> out.append("\n- ").append(MarkdownTable.text(remark)));
        return out.append(remarks(comparison).isEmpty() ? "" : "\n").toString();
    }

    private static String capitalized(String title) {
        return title.isEmpty() ? "" : title.charAt(0) + title.substring(1).toLowerCase(Locale.ROOT);
    }

    /** {@code a.json -> b.json: 2 changes: 1 loosened, 1 tightened}. */
    static String headline(Comparison comparison) {
        String sides = TextTable.printable(comparison.a() + " -> " + comparison.b()) + ": ";
        if (comparison.isEqual()) {
            return sides + "equal in meaning";
        }
        int number = comparison.changes().size();
        String counts = List.of(Direction.values()).stream()
                .filter(direction -> comparison.count(direction) > 0)
                .map(direction -> comparison.count(direction) + " " + direction.label())
                .collect(Collectors.joining(", ", number == 0 ? "" : ": ", ""));
        String undecided = comparison.undecided().isEmpty()
                ? ""
                : "; undecided: " + comparison.undecided().size();
        return sides + number + (number == 1 ? " change" : " changes") + counts + undecided;
    }

    /** What happens to many calls alike is one row: one more name in a profile can move the answers of all calls before it. */
    private static List<List<String>> rows(Comparison comparison) {
        Map<List<String>, List<Change>> alike = new LinkedHashMap<>();
        for (Change change : comparison.changes()) {
            boolean answer = change.direction() == Direction.OTHER;
            List<String> key =
                    List.of(change.kind(), change.detail(), change.where().toString(), answer ? "" : change.subject());
            alike.computeIfAbsent(key, same -> new ArrayList<>()).add(change);
        }
        return alike.values().stream().map(DiffReport::row).toList();
    }

    private static List<String> row(List<Change> alike) {
        Change first = alike.get(0);
        return List.of(
                first.direction().mark(),
                subjects(alike.stream().map(Change::subject).toList()),
                first.kind(),
                first.detail(),
                first.witness().map(Witness::inWords).orElse(""),
                String.join(", ", first.where()));
    }

    private static String subjects(List<String> all) {
        String shown = all.stream().limit(SHOWN).collect(Collectors.joining(", "));
        return all.size() <= SHOWN ? shown : shown + " and " + (all.size() - SHOWN) + " more";
    }

    private static List<String> remarks(Comparison comparison) {
        List<String> remarks = new ArrayList<>();
        comparison.undecided().forEach(one -> remarks.add("undecided: " + one.call() + ": " + one.why()));
        comparison.notes().forEach(note -> remarks.add("note: " + note));
        comparison.places().forEach(place -> remarks.add("compared on " + place));
        return remarks;
    }
}
