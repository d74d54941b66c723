package profgen.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import profgen.diff.ArgumentText;
import profgen.diff.Witness;
import profgen.filter.CallTable;
import profgen.filter.CallTable.Row;
import profgen.filter.Outcome;
import profgen.filter.Region;
import profgen.report.TextTable.Column;
import profgen.syscall.Abi;

/** What a live process may do, call by call. */
public final class CallTableReport {
    private CallTableReport() {}

    /** @param all also what is answered as usual */
    public static String text(CallTable calls, boolean all) {
        String abi = calls.abi().label();
        List<Row> rows = all ? calls.rows() : calls.unusual();
        String usual = calls.usual().map(calls::inWords).orElse("");
        if (rows.isEmpty()) {
            return "every call of " + abi + ": " + usual + "\n";
        }
        String heading =
                usual.isEmpty() || all ? "every call of " + abi + ":" : "every call of " + abi + " but these: " + usual;
        TextTable table = new TextTable(List.of(
                Column.number("NUMBER"),
                Column.text("CALL"),
                Column.text("OUTCOME"),
                Column.text("ARGUMENTS"),
                Column.text("EXAMPLE")));
        rows.forEach(row -> lines(calls, row).forEach(table::add));
        return heading + "\n\n" + table.text();
    }

    private static List<List<String>> lines(CallTable calls, Row row) {
        String numbers = numbers(row);
        if (!row.undecided().isEmpty()) {
            return List.of(List.of(numbers, row.name(), "undecided", row.undecided(), ""));
        }
        List<List<String>> lines = new ArrayList<>();
        row.parts().forEach((outcome, region) -> {
            boolean always = row.parts().size() == 1;
            lines.add(List.of(
                    numbers,
                    row.name().isEmpty() ? "(no name)" : row.name(),
                    calls.inWords(outcome),
                    always ? "" : ArgumentText.of(row.name(), region),
                    always ? "" : example(calls, row, region).inWords()));
        });
        return lines;
    }

    /** {@code 41}, {@code 335-423}, {@code 471+}. */
    private static String numbers(Row row) {
        String first = Integer.toString(row.first());
        boolean toTheEnd = row.last() == Abi.X32_BIT - 1;
        return row.first() == row.last() ? first : first + (toTheEnd ? "+" : "-" + row.last());
    }

    private static Witness example(CallTable calls, Row row, Region region) {
        return Witness.of(calls.abi(), row.first(), region.witness().orElseThrow());
    }

    /** Into an object of its own. */
    public static void json(ObjectNode node, CallTable calls, boolean all) {
        node.put("abi", calls.abi().label());
        calls.usual().ifPresent(usual -> outcome(node.putObject("default"), calls, usual));
        ArrayNode list = node.putArray("calls");
        (all ? calls.rows() : calls.unusual()).forEach(row -> json(list.addObject(), calls, row));
    }

    private static void outcome(ObjectNode node, CallTable calls, Outcome outcome) {
        DecideJson.outcome(node, outcome);
        node.put("words", calls.inWords(outcome));
    }

    private static void json(ObjectNode node, CallTable calls, Row row) {
        node.put("number", row.first());
        if (row.last() != row.first()) {
            node.put("to", row.last());
        }
        if (!row.name().isEmpty()) {
            node.put("name", row.name());
        }
        if (!row.undecided().isEmpty()) {
            node.put("undecided", row.undecided());
            return;
        }
        ArrayNode outcomes = node.putArray("outcomes");
        row.parts().forEach((outcome, region) -> {
            ObjectNode part = outcomes.addObject();
            outcome(part, calls, outcome);
            if (row.parts().size() > 1) {
                part.put("arguments", ArgumentText.of(row.name(), region));
                DiffJson.witness(part.putObject("witness"), example(calls, row, region));
            }
        });
    }
}
