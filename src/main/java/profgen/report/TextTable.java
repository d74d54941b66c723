package profgen.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import profgen.profile.Printable;

/** Aligned columns for a terminal; names with control characters cannot move its cursor. */
final class TextTable {
    private static final String GAP = "  ";
    /** A longer cell pushes what follows in its own row aside, not in all rows. */
    private static final int WIDEST = 64;

    private final List<Column> columns;
    private final List<List<String>> rows = new ArrayList<>();

    /** @param toTheRight numbers stand at the right end of their column */
    record Column(String title, boolean toTheRight) {
        static Column text(String title) {
            return new Column(title, false);
        }

        static Column number(String title) {
            return new Column(title, true);
        }
    }

    TextTable(List<Column> columns) {
        this.columns = List.copyOf(columns);
        rows.add(columns.stream().map(Column::title).toList());
    }

    void add(List<String> cells) {
        if (cells.size() != columns.size()) {
            throw new IllegalArgumentException(cells.size() + " cells for " + columns.size() + " columns");
        }
        rows.add(cells.stream().map(TextTable::printable).toList());
    }

    /** Line by line, no spaces at the ends. */
    String text() {
        int[] widths = new int[columns.size()];
        for (List<String> row : rows) {
            Arrays.setAll(widths, i -> Math.max(widths[i], Math.min(width(row.get(i)), WIDEST)));
        }
        StringBuilder out = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                String padding = " ".repeat(Math.max(0, widths[i] - width(row.get(i))));
                boolean right = columns.get(i).toTheRight();
                line.append(i == 0 ? "" : GAP);
                line.append(right ? padding : "").append(row.get(i)).append(right ? "" : padding);
            }
            out.append(line.toString().stripTrailing()).append('\n');
        }
        return out.toString();
    }

    private static int width(String cell) {
        return cell.codePointCount(0, cell.length());
    }

    static String printable(String text) {
        return Printable.of(text);
    }
}
