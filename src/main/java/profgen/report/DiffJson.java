package profgen.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import profgen.diff.Change;
import profgen.diff.Comparison;
import profgen.diff.Direction;
import profgen.diff.ProfileText;
import profgen.diff.Witness;

/** A comparison for programs. */
public final class DiffJson {
    private DiffJson() {}

    /** One object; two spaces of indentation, a newline at the end. */
    public static String json(Comparison comparison) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        json(node, comparison);
        return node.toPrettyString() + "\n";
    }

    /** Into an object of its own. */
    public static void json(ObjectNode node, Comparison comparison) {
        node.put("a", comparison.a()).put("b", comparison.b()).put("equal", comparison.isEqual());
        for (Direction direction : Direction.values()) {
            node.put(direction.label(), comparison.count(direction));
        }
        ArrayNode changes = node.putArray("changes");
        comparison.changes().forEach(change -> change(changes.addObject(), change));
        ArrayNode undecided = node.putArray("undecided");
        comparison
                .undecided()
                .forEach(one -> undecided.addObject().put("call", one.call()).put("why", one.why()));
        ArrayNode notes = node.putArray("notes");
        comparison.notes().forEach(notes::add);
        ArrayNode places = node.putArray("places");
        comparison.places().forEach(places::add);
    }

    private static void change(ObjectNode node, Change change) {
        node.put("kind", change.kind()).put("subject", change.subject());
        node.put("direction", change.direction().label());
        node.put("detail", change.detail()).put("words", change.inWords());
        change.witness().ifPresent(witness -> witness(node.putObject("witness"), witness));
        ArrayNode where = node.putArray("where");
        change.where().forEach(where::add);
    }

    static void witness(ObjectNode node, Witness witness) {
        node.put("abi", witness.abi().label()).put("number", witness.number());
        ArrayNode arguments = node.putArray("arguments");
        witness.arguments().forEach(value -> arguments.add(new BigInteger(Long.toUnsignedString(value))));
        node.put("text", witness.inWords());
    }

    /**
     * Changes as findings in a profile's file.
     *
     * @param text of the second profile, or the first if only that is one; null without a file: findings then are in the first line of the second
     * @param fails which of them the user wants to fail on: warnings, the others are notes
     */
    public static String sarif(
            Comparison comparison, @Nullable ProfileText text, Predicate<Change> fails, String version) {
        String file = text == null ? comparison.b() : text.file();
        List<Change> changes = comparison.changes();
        ToIntFunction<Change> lines = lines(text, changes);
        Map<String, String> rules = new TreeMap<>();
        List<Sarif.Finding> findings = new ArrayList<>();
        for (Change change : changes) {
            String rule = "diff/" + change.kind();
            rules.put(rule, change.kind().replace('-', ' '));
            String witness =
                    change.witness().map(one -> ", e.g. " + one.inWords()).orElse("");
            String where = change.where().stream().collect(Collectors.joining(", ", " [", "]"));
            findings.add(new Sarif.Finding(
                    rule,
                    fails.test(change) ? Sarif.Level.WARNING : Sarif.Level.NOTE,
                    change.inWords() + witness + where,
                    file,
                    lines.applyAsInt(change),
                    change.subject() + "\n" + change.detail()));
        }
        for (Comparison.Undecided one : comparison.undecided()) {
            String rule = "diff/undecided";
            rules.put(rule, "no exact answer");
            String message = one.call() + ": " + one.why();
            findings.add(new Sarif.Finding(rule, Sarif.Level.ERROR, message, file, 1, message));
        }
        return Sarif.write(version, "diff", rules, findings, comparison.notes());
    }

    private static ToIntFunction<Change> lines(@Nullable ProfileText text, List<Change> changes) {
        if (text == null) {
            return change -> 1;
        }
        ToIntFunction<String> lines =
                text.lines(changes.stream().map(change -> change.path(text)).toList());
        return change -> lines.applyAsInt(change.path(text));
    }
}
