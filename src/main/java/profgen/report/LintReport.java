package profgen.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import profgen.lint.Finding;
import profgen.lint.Level;
import profgen.lint.LintRule;
import profgen.report.TextTable.Column;

/** What {@code lint} found, by file. */
public final class LintReport {
    private LintReport() {}

    /** A table for each file under its name; files are apart by an empty line. */
    public static String text(Map<String, List<Finding>> files) {
        List<String> parts = new ArrayList<>();
        files.forEach((file, findings) ->
                parts.add(TextTable.printable(file) + ": " + counts(findings) + "\n" + table(findings)));
        return String.join("\n", parts);
    }

    private static String table(List<Finding> findings) {
        if (findings.isEmpty()) {
            return "";
        }
        TextTable table = new TextTable(
                List.of(Column.text("LEVEL"), Column.text("ID"), Column.text("PLACE"), Column.text("FINDING")));
        findings.forEach(finding -> table.add(List.of(
                finding.level().label(),
                finding.rule().id(),
                finding.path().isEmpty() ? "-" : finding.path(),
                finding.inWords())));
        return table.text();
    }

    /** {@code 1 error, 2 warnings, 0 notes}. */
    static String counts(List<Finding> findings) {
        List<String> parts = new ArrayList<>();
        for (Level level : List.of(Level.ERROR, Level.WARNING, Level.NOTE)) {
            long count = count(findings, level);
            parts.add(count + " " + level.label() + (count == 1 ? "" : "s"));
        }
        return String.join(", ", parts);
    }

    private static long count(List<Finding> findings, Level level) {
        return findings.stream().filter(finding -> finding.level() == level).count();
    }

    /** One object; two spaces of indentation, a newline at the end. */
    public static String json(Map<String, List<Finding>> files) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        ArrayNode list = root.putArray("files");
        files.forEach((file, findings) -> {
            ObjectNode node = list.addObject().put("profile", file);
            for (Level level : List.of(Level.ERROR, Level.WARNING, Level.NOTE)) {
                node.put(level.label() + "s", count(findings, level));
            }
            ArrayNode found = node.putArray("findings");
            findings.forEach(finding -> finding(found.addObject(), finding));
        });
        return root.toPrettyString() + "\n";
    }

    /** For code-scanning services; the ids begin with {@code lint/}. */
    public static String sarif(Map<String, List<Finding>> files, String version) {
        Map<String, String> rules = new TreeMap<>();
        for (LintRule rule : LintRule.values()) {
            rules.put(sarifId(rule), rule.summary());
        }
        List<Sarif.Finding> results = new ArrayList<>();
        files.forEach((file, findings) -> findings.forEach(finding -> results.add(new Sarif.Finding(
                sarifId(finding.rule()),
                Sarif.Level.valueOf(finding.level().name()),
                (finding.path().isEmpty() ? "" : finding.path() + ": ") + finding.inWords(),
                file,
                Math.max(1, finding.line()),
                finding.path() + "\n" + finding.message()))));
        return Sarif.write(version, "lint", rules, results, List.of());
    }

    private static String sarifId(LintRule rule) {
        return "lint/" + rule.id();
    }

    private static void finding(ObjectNode node, Finding finding) {
        node.put("id", finding.rule().id())
                .put("level", finding.level().label())
                .put("path", finding.path());
        finding.ruleIndex().ifPresent(index -> node.put("rule", index));
        if (finding.line() > 0) {
            node.put("line", finding.line());
        }
        node.put("message", finding.message())
                .put("reason", finding.rule().summary())
                .put("remedy", finding.rule().remedy());
    }
}
