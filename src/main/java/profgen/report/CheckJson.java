package profgen.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import profgen.diff.CheckResult;
import profgen.diff.Finding;
import profgen.diff.ProfileText;

/** For programs: whether a profile allows what was recorded. */
public final class CheckJson {
    private static final Map<String, String> RULES = Map.of(
            "check/denied", "a recorded call is denied",
            "check/undecided", "what was recorded does not tell whether a call is allowed",
            "check/falls-back", "a recorded call is denied so that the library takes another",
            "check/implicit", "a call that recordings may miss is denied");

    private CheckJson() {}

    /** One object; two spaces of indentation, a newline at the end. */
    public static String json(CheckResult result) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("profile", result.profile());
        node.put("answer", result.answer().label());
        node.put("runs", result.runs()).put("calls", result.calls());
        ArrayNode hosts = node.putArray("hosts");
        result.hosts().forEach(hosts::add);
        ArrayNode findings = node.putArray("findings");
        result.findings().forEach(finding -> finding(findings.addObject(), finding));
        ArrayNode notes = node.putArray("notes");
        result.notes().forEach(notes::add);
        return node.toPrettyString() + "\n";
    }

    private static void finding(ObjectNode node, Finding finding) {
        node.put("verdict", finding.kind().label()).put("call", finding.call());
        node.put("arguments", finding.arguments());
        node.put("answer", finding.answer()).put("why", finding.why());
        ArrayNode executables = node.putArray("executables");
        finding.executables().forEach(executables::add);
        node.put("host", finding.host());
        Optional.ofNullable(finding.callSeen()).ifPresent(call -> DiffJson.witness(node.putObject("witness"), call));
    }

    /** @param text of the profile; null for a baseline: findings then are in its first line */
    public static String sarif(CheckResult result, @Nullable ProfileText text, String version) {
        ToIntFunction<String> lines = text == null
                ? path -> 1
                : text.lines(result.findings().stream()
                        .map(finding -> finding.path(text))
                        .toList());
        List<Sarif.Finding> findings = new ArrayList<>();
        for (Finding finding : result.findings()) {
            Sarif.Level level = switch (finding.kind()) {
                case DENIED -> Sarif.Level.ERROR;
                case UNDECIDED -> Sarif.Level.WARNING;
                case FALLBACK, IMPLICIT -> Sarif.Level.NOTE;
            };
            findings.add(new Sarif.Finding(
                    "check/" + finding.kind().label(),
                    level,
                    finding.inWords(),
                    result.profile(),
                    lines.applyAsInt(text == null ? "" : finding.path(text)),
                    finding.call() + "\n" + finding.arguments() + "\n" + finding.host()));
        }
        return Sarif.write(version, "check", RULES, findings, result.notes());
    }
}
