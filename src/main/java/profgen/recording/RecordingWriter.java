package profgen.recording;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Recordings into their JSON text: equal recordings give equal bytes. */
public final class RecordingWriter {
    /** The latest version of the format: the first in which runs have the capabilities that were asked for. */
    public static final int VERSION = 4;

    private static final int WITH_EXTENTS = 3;
    private static final int WITH_PHASES = 2;
    private static final int WITH_NEITHER = 1;

    /** The first key of every recording. */
    public static final String VERSION_KEY = "profgenRecording";

    private RecordingWriter() {}

    /** With a newline at the end; to be written as UTF-8. */
    public static String write(Recording recording) {
        StringBuilder out = new StringBuilder();
        out.append("{\n  \"")
                .append(VERSION_KEY)
                .append("\": ")
                .append(version(recording))
                .append(",\n  \"runs\": [");
        String separator = "\n";
        for (Run run : recording.runs()) {
            out.append(separator);
            write(run, out);
            separator = ",\n";
        }
        return out.append(recording.runs().isEmpty() ? "]\n}\n" : "\n  ]\n}\n").toString();
    }

    /** The oldest that has all that it holds. */
    static int version(Recording recording) {
        if (recording.hasCapabilityUses()) {
            return VERSION;
        }
        return recording.hasExtents() ? WITH_EXTENTS : recording.hasPhases() ? WITH_PHASES : WITH_NEITHER;
    }

    /** One run alone, in the same form: what decides between two contents of one run id. */
    static String canonical(Run run) {
        StringBuilder out = new StringBuilder();
        write(run, out);
        return out.toString();
    }

    private static void write(Run run, StringBuilder out) {
        out.append("    {\n");
        RunJson.writeFacts(run).properties().forEach(fact -> {
            field(out, fact.getKey());
            lay(out, fact.getValue());
            out.append(",\n");
        });
        field(out, RunJson.CALLS);
        lines(out, run.calls().stream().map(CallJson::write));
        out.append("\n    }");
    }

    private static void field(StringBuilder out, String key) {
        out.append("      \"").append(key).append("\": ");
    }

    /** A fact's parts stand on a line each, and what is in them does not take more. */
    private static void lay(StringBuilder out, JsonNode fact) {
        if (fact.isArray()) {
            lines(out, fact.valueStream());
        } else if (fact.isObject() && !fact.isEmpty()) {
            String parts = fact.properties().stream()
                    .map(part -> "        \"" + part.getKey() + "\": " + JsonTree.text(part.getValue()))
                    .collect(Collectors.joining(",\n"));
            out.append("{\n").append(parts).append("\n      }");
        } else {
            out.append(JsonTree.text(fact));
        }
    }

    /** One at a time: the calls of a large recording do not fit into memory as trees. */
    private static void lines(StringBuilder out, Stream<? extends JsonNode> elements) {
        Iterator<? extends JsonNode> each = elements.iterator();
        String separator = "[\n        ";
        if (!each.hasNext()) {
            out.append("[]");
            return;
        }
        while (each.hasNext()) {
            out.append(separator).append(JsonTree.text(each.next()));
            separator = ",\n        ";
        }
        out.append("\n      ]");
    }
}
