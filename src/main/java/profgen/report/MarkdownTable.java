package profgen.report;

import java.util.List;
import java.util.stream.Collectors;

/** A table in Markdown; names cannot end a cell or begin markup. */
final class MarkdownTable {
    private final StringBuilder out = new StringBuilder();

    MarkdownTable(List<String> titles) {
        line(titles);
        line(titles.stream().map(title -> "---").toList());
    }

    private void line(List<String> cells) {
        out.append(cells.stream().collect(Collectors.joining(" | ", "| ", " |")))
                .append('\n');
    }

    void add(List<String> cells) {
        line(cells.stream().map(MarkdownTable::text).toList());
    }

    String text() {
        return out.toString();
    }

    /** Plain text that Markdown shows as it is. */
    static String text(String plain) {
        return TextTable.printable(plain).replaceAll("[\\\\`*_{}\\[\\]<>#|~]", "\\\\$0");
    }
}
