package profgen.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Findings as SARIF 2.1.0, which code-scanning services and editors read. */
public final class Sarif {
    private static final String SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";
    private static final int HASH_BYTES = 8;

    private Sarif() {}

    /** How grave a finding is. */
    public enum Level {
        ERROR,
        WARNING,
        NOTE
    }

    /**
     * Something in a file.
     *
     * @param rule stable id of its kind: {@code diff/gate-lifted}
     * @param level of this finding
     * @param message one sentence
     * @param file as the user named it
     * @param line from 1; 1 also where the finding is about the whole file
     * @param identity what stays the same when the finding is found again; it is hashed
     */
    public record Finding(String rule, Level level, String message, String file, int line, String identity) {
        public Finding {
            if (line < 1) {
                throw new IllegalArgumentException("line " + line + ": lines are counted from 1");
            }
        }
    }

    /**
     * One run of the tool; a newline at the end.
     *
     * @param command whose findings they are: services tell the runs of one upload apart by it
     * @param notes about the run as a whole
     * @param rules id to what it is about, one sentence; every finding's rule must be among them
     */
    public static String write(
            String version,
            String command,
            Map<String, String> rules,
            Collection<Finding> findings,
            Collection<String> notes) {
        SortedMap<String, String> sorted = new TreeMap<>(rules);
        List<String> ids = List.copyOf(sorted.keySet());
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("$schema", SCHEMA).put("version", "2.1.0");
        ObjectNode run = root.putArray("runs").addObject();
        ObjectNode driver = run.putObject("tool").putObject("driver");
        driver.put("name", "profgen").put("version", version);
        ArrayNode descriptions = driver.putArray("rules");
        sorted.forEach((id, text) -> descriptions
                .addObject()
                .put("id", id)
                .putObject("shortDescription")
                .put("text", text));
        run.putObject("automationDetails").put("id", "profgen-" + command + "/");
        ObjectNode invocation = run.putArray("invocations").addObject().put("executionSuccessful", true);
        ArrayNode notifications = invocation.putArray("toolExecutionNotifications");
        notes.forEach(note -> notifications
                .addObject()
                .put("level", "note")
                .putObject("message")
                .put("text", note));
        run.put("columnKind", "utf16CodeUnits");
        ArrayNode results = run.putArray("results");
        findings.forEach(finding -> result(results.addObject(), ids, finding));
        return root.toPrettyString() + "\n";
    }

    private static void result(ObjectNode node, List<String> ids, Finding finding) {
        int index = ids.indexOf(finding.rule());
        if (index < 0) {
            throw new IllegalArgumentException("a finding of an unknown rule: " + finding.rule());
        }
        node.put("ruleId", finding.rule()).put("ruleIndex", index);
        node.put("level", finding.level().name().toLowerCase(Locale.ROOT));
        node.putObject("message").put("text", finding.message());
        ObjectNode place = node.putArray("locations").addObject().putObject("physicalLocation");
        place.putObject("artifactLocation").put("uri", uri(finding.file()));
        place.putObject("region").put("startLine", finding.line());
        node.putObject("partialFingerprints").put("profgen/v1", hash(finding.rule() + "\n" + finding.identity()));
    }

    /** A relative reference, or a whole one for an absolute path. */
    static String uri(String file) {
        StringBuilder uri = new StringBuilder(file.startsWith("/") ? "file://" : "");
        for (byte one : file.getBytes(StandardCharsets.UTF_8)) {
            char letter = (char) (one & 0xFF);
            boolean plain = letter < 0x80 && (Character.isLetterOrDigit(letter) || "-._~/".indexOf(letter) >= 0);
            uri.append(plain ? String.valueOf(letter) : String.format(Locale.ROOT, "%%%02X", one & 0xFF));
        }
        return uri.toString();
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
