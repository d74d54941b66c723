package profgen.report;

import java.util.List;
import profgen.diff.CheckResult;
import profgen.diff.Finding;
import profgen.report.TextTable.Column;

/** For people: whether a profile allows what was recorded. */
public final class CheckReport {
    private static final List<String> TITLES = List.of("VERDICT", "CALL", "ARGUMENTS", "ANSWER", "WHY", "EXECUTABLES");

    private CheckReport() {}

    public static String text(CheckResult result) {
        StringBuilder out = new StringBuilder(headline(result)).append('\n');
        result.hosts().forEach(host -> out.append("on ").append(host).append('\n'));
        if (!result.findings().isEmpty()) {
            TextTable table = new TextTable(TITLES.stream().map(Column::text).toList());
            result.findings().forEach(finding -> table.add(row(finding)));
            out.append('\n').append(table.text());
        }
        result.notes()
                .forEach(note ->
                        out.append("note: ").append(TextTable.printable(note)).append('\n'));
        return out.toString();
    }

    public static String markdown(CheckResult result) {
        StringBuilder out = new StringBuilder("### profgen check\n\n");
        out.append(MarkdownTable.text(headline(result))).append('\n');
        result.hosts().forEach(host -> out.append("\n- on ").append(MarkdownTable.text(host)));
        result.notes().forEach(note -> out.append("\n- note: ").append(MarkdownTable.text(note)));
        out.append('\n');
        if (!result.findings().isEmpty()) {
            MarkdownTable table =
                    new MarkdownTable(List.of("Verdict", "Call", "Arguments", "Answer", "Why", "Executables"));
            result.findings().forEach(finding -> table.add(row(finding)));
            out.append('\n').append(table.text());
        }
        return out.toString();
    }

    static String headline(CheckResult result) {
        String object = TextTable.printable(result.profile()) + ": ";
        String of = " of " + result.calls() + " recorded calls";
        return object
                + switch (result.answer()) {
                    case YES -> "allows all" + of;
                    case NO -> "denies something" + of + " (" + result.count(Finding.Kind.DENIED) + " denied)";
                    case UNDECIDED -> "undecided for some" + of;
                    case INCOMPLETE -> "allows all" + of + "; the recording is incomplete";
                };
    }

    private static List<String> row(Finding finding) {
        return List.of(
                finding.kind().label(),
                finding.call(),
                finding.arguments(),
                finding.answer(),
                finding.why(),
                String.join(", ", finding.executables()));
    }
}
