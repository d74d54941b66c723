package profgen.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import profgen.recording.CallId;
import profgen.recording.Recording;
import profgen.recording.Summary;
import profgen.recording.Total;
import profgen.report.TextTable.Column;

/** What a recording holds, for a person: who called what, how often, when first, with which results and arguments. */
public final class ShowReport {
    private static final double SECOND = 1e9;

    private ShowReport() {}

    /** One call of one executable, over all runs. */
    record Row(CallId id, String executable, Total total) {
        private static final Comparator<Row> BY_NAME = Comparator.comparing((Row row) -> name(row.id))
                .thenComparing(Row::id)
                .thenComparing(Row::executable);
    }

    private record Field(TextTable.Column column, Function<Row, String> cell) {}

    /** The runs and their gaps, then one line for each call of each executable, by name. */
    public static String table(Recording recording, ShowFilter filter, List<CapabilityLines.Gate> gates) {
        List<Row> rows = rows(recording, filter);
        List<Field> fields = fields(recording);
        TextTable table = new TextTable(fields.stream().map(Field::column).toList());
        for (Row row : rows) {
            table.add(fields.stream().map(field -> field.cell().apply(row)).toList());
        }
        return RunLines.of(recording) + CapabilityLines.section(recording, gates) + "\n"
                + (rows.isEmpty() ? "no call matches\n" : table.text());
    }

    private static List<Field> fields(Recording recording) {
        int runs = recording.runs().size();
        List<Field> fields = new ArrayList<>();
        fields.add(new Field(Column.text("CALL"), row -> name(row.id())));
        if (recording.hasForeignAbi() || recording.abiLabels().size() > 1) {
            fields.add(new Field(Column.text("ABI"), row -> row.id().abi()));
        }
        fields.add(new Field(Column.text("EXECUTABLE"), ShowReport::who));
        if (recording.hasPhases()) {
            fields.add(new Field(
                    Column.text("PHASES"), row -> CallWords.phases(row.total().phases())));
        }
        if (runs > 1) {
            fields.add(new Field(Column.number("RUNS"), row -> row.total().runs() + "/" + runs));
        }
        fields.add(new Field(Column.number("COUNT"), row -> CallWords.count(row.total())));
        fields.add(new Field(
                Column.number("FIRST"),
                row -> seconds(row.total().first().sight().ns())));
        fields.add(new Field(Column.text("RESULTS"), row -> CallWords.results(row.total())));
        fields.add(new Field(
                Column.text("ARGUMENTS"),
                row -> CallWords.arguments(name(row.id()), row.total().arguments())));
        return fields;
    }

    static List<Row> rows(Recording recording, ShowFilter filter) {
        List<Row> rows = new ArrayList<>();
        for (Summary.CallTotal call : Summary.of(recording).calls()) {
            call.byExecutable().forEach((executable, total) -> {
                if (filter.passes(call.id(), executable, total)) {
                    rows.add(new Row(call.id(), executable, total));
                }
            });
        }
        rows.sort(Row.BY_NAME);
        return rows;
    }

    /** Its name, or its number if it has none. */
    static String name(CallId id) {
        return id.name().orElseGet(() -> Integer.toString(id.number()));
    }

    private static String who(Row row) {
        String path = row.executable();
        String argv0 = row.total().first().sight().argv0();
        String called = argv0.substring(argv0.lastIndexOf('/') + 1);
        return called.equals(path.substring(path.lastIndexOf('/') + 1)) ? path : path + " (as " + called + ")";
    }

    /** Seconds since the run began. */
    static String seconds(long ns) {
        return String.format(Locale.ROOT, "%.6f", ns / SECOND);
    }
}
