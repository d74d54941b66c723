package profgen.recording;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A run as JSON, both ways. */
final class RunJson {
    private static final String CAPABILITY_USES = "capabilityUses";
    private static final Set<String> LEAVES =
            Set.of("id", "complete", "provenance", "start", "outcome", "ledger", CAPABILITY_USES);

    static final String CALLS = "calls";

    private RunJson() {}

    /** All but the calls. */
    static ObjectNode writeFacts(Run run) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("id", run.id());
        node.put("complete", run.complete());
        node.set("provenance", ProvenanceJson.write(run.provenance()));
        if (run.start() != null) {
            node.set("start", StartStateJson.write(run.start()));
        }
        node.set("outcome", writeOutcome(run.outcome()));
        ArrayNode ledger = node.putArray("ledger");
        run.ledger()
                .forEach(entry -> ledger.addObject().put("kind", entry.kind()).put("detail", entry.detail()));
        if (run.capabilityUses() != null) {
            ArrayNode uses = node.putArray(CAPABILITY_USES);
            run.capabilityUses().forEach(use -> uses.add(CapabilityUseJson.write(use)));
        }
        return node;
    }

    static Run read(JsonStream stream, String path) throws IOException {
        List<Call> calls = new ArrayList<>();
        Map<String, JsonValue> leaves = new LinkedHashMap<>();
        stream.object(path, (key, at) -> {
            if (key.equals(CALLS)) {
                stream.array(at, (i, callPath) -> calls.add(CallJson.read(stream.value(callPath), stream::shared)));
                leaves.put(key, stream.here(at));
            } else if (LEAVES.contains(key)) {
                leaves.put(key, stream.value(at));
            } else {
                throw stream.here(at).problem("unknown key");
            }
        });
        return run(leaves, calls, stream.here(path));
    }

    private static Run run(Map<String, JsonValue> leaves, List<Call> calls, JsonValue here) {
        need(leaves, CALLS, here);
        JsonValue start = leaves.get("start");
        JsonValue uses = leaves.get(CAPABILITY_USES);
        try {
            return new Run(
                    need(leaves, "id", here).text(),
                    ProvenanceJson.read(need(leaves, "provenance", here)),
                    start == null ? null : StartStateJson.read(start),
                    readOutcome(need(leaves, "outcome", here)),
                    need(leaves, "ledger", here).list(RunJson::readLedgerEntry),
                    need(leaves, "complete", here).flag(),
                    calls,
                    uses == null ? null : uses.list(CapabilityUseJson::read));
        } catch (IllegalArgumentException e) {
            throw here.problem(String.valueOf(e.getMessage()));
        }
    }

    private static JsonValue need(Map<String, JsonValue> leaves, String key, JsonValue here) {
        JsonValue value = leaves.get(key);
        if (value == null) {
            throw here.problem("\"" + key + "\" is missing");
        }
        return value;
    }

    private static ObjectNode writeOutcome(Run.Outcome outcome) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        put(node, "durationNs", outcome.durationNs());
        put(node, "exitStatus", outcome.exitStatus());
        put(node, "signal", outcome.signal());
        put(node, "processes", outcome.processes());
        put(node, "threads", outcome.threads());
        return node;
    }

    private static void put(ObjectNode node, String key, @Nullable Number value) {
        if (value != null) {
            node.put(key, value.longValue());
        }
    }

    private static Run.Outcome readOutcome(JsonValue value) {
        value.allowing(Set.of("durationNs", "exitStatus", "signal", "processes", "threads"));
        return new Run.Outcome(
                value.find("durationNs").map(JsonValue::count).orElse(null),
                value.find("exitStatus").map(status -> status.integer(0, 255)).orElse(null),
                value.find("signal").map(signal -> signal.integer(1, 64)).orElse(null),
                value.find("processes").map(JsonValue::count).orElse(null),
                value.find("threads").map(JsonValue::count).orElse(null));
    }

    private static Run.LedgerEntry readLedgerEntry(JsonValue value) {
        value.allowing(Set.of("kind", "detail"));
        return new Run.LedgerEntry(value.get("kind").text(), value.get("detail").text());
    }
}
