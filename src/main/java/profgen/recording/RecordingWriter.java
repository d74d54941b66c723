package profgen.recording;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Iterator;
import java.util.Map;

/** Recordings into their JSON text: equal recordings give equal bytes. */
public final class RecordingWriter {
    /** The version that this profgen writes and the only one that there has been. */
    public static final int VERSION = 1;

    static final String VERSION_KEY = "profgenRecording";

    /** What lies deeper than a run's calls and facts stands on one line. */
    private static final int OPEN_LEVELS = 2;

    private RecordingWriter() {}

    /** With a newline at the end; to be written as UTF-8. */
    public static String write(Recording recording) {
        StringBuilder out = new StringBuilder();
        out.append("{\n  \"").append(VERSION_KEY).append("\": ").append(VERSION).append(",\n  \"runs\": [");
        String separator = "\n    ";
        for (Run run : recording.runs()) {
            out.append(separator);
            lay(out, RunJson.write(run), 2);
            separator = ",\n    ";
        }
        return out.append(recording.runs().isEmpty() ? "]\n}\n" : "\n  ]\n}\n").toString();
    }

    /** One run alone, in the same form: what decides between two contents of one run id. */
    static String canonical(Run run) {
        return RunJson.write(run).toString();
    }

    private static void lay(StringBuilder out, JsonNode node, int level) {
        if (level >= 2 + OPEN_LEVELS || node.isEmpty()) {
            out.append(node);
            return;
        }
        boolean object = node.isObject();
        Iterator<Map.Entry<String, JsonNode>> fields = node.properties().iterator();
        String indent = "\n" + "  ".repeat(level + 1);
        String separator = object ? "{" : "[";
        for (JsonNode child : node) {
            out.append(separator).append(indent);
            if (object) {
                out.append(TextNode.valueOf(fields.next().getKey())).append(": ");
            }
            lay(out, child, level + 1);
            separator = ",";
        }
        out.append("\n").append("  ".repeat(level)).append(object ? '}' : ']');
    }
}
