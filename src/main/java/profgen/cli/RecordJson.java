package profgen.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import profgen.recording.Run;

/** What {@code record --json} says at the end: one object on one line. */
final class RecordJson {
    private RecordJson() {}

    static void print(RecordResult result, Verified verified, PrintWriter err) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("status", verified.status(result.exitStatus()));
        root.put("workloadStatus", result.workloadStatus());
        root.put("failure", result.failure());
        root.set("recording", recording(result));
        root.set(
                "profile",
                GeneratedJson.of(result.generated(), result.outputs().profile().name()));
        root.put("run", result.runLine());
        if (verified.report() != null) {
            root.set("verification", VerifyJson.object(verified.report()));
        } else if (verified.failure() != null) {
            root.put("verificationFailure", verified.failure().getMessage());
        }
        err.println(root);
        err.flush();
    }

    private static ObjectNode recording(RecordResult result) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("file", result.outputs().recording().name());
        node.put("engine", result.runs().get(0).provenance().engine());
        node.put("runs", result.runs().size());
        node.put("systemCalls", result.calls().size());
        result.processes().ifPresent(processes -> node.put("processes", processes));
        result.durationNs().ifPresent(duration -> node.put("durationNs", duration));
        result.abis().forEach(node.putArray("abis")::add);
        node.put("complete", result.isComplete());
        ArrayNode ledger = node.putArray("ledger");
        for (Run.LedgerEntry entry : result.ledger()) {
            ledger.addObject().put("kind", entry.kind()).put("detail", entry.detail());
        }
        return node;
    }
}
