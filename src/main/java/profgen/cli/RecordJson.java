package profgen.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import profgen.capability.Capability;
import profgen.generate.Generated;
import profgen.recording.Run;

/** What {@code record --json} says at the end: one object on one line. */
final class RecordJson {
    private RecordJson() {}

    static void print(RecordResult result, PrintWriter err) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("status", result.exitStatus());
        root.put("workloadStatus", result.workloadStatus());
        root.put("failure", result.failure());
        root.set("recording", recording(result));
        root.set("profile", profile(result));
        root.put(
                "run",
                RunLine.docker(
                        result.workload(),
                        result.outputs().profile().name(),
                        result.generated().capAdd()));
        err.println(root);
        err.flush();
    }

    private static ObjectNode recording(RecordResult result) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("file", result.outputs().recording().name());
        node.put("engine", result.runs().get(0).provenance().engine());
        node.put("runs", result.runs().size());
        node.put("systemCalls", result.calls().size());
        node.put("processes", result.processes());
        node.put("durationNs", result.durationNs());
        result.abis().forEach(node.putArray("abis")::add);
        node.put("complete", result.isComplete());
        ArrayNode ledger = node.putArray("ledger");
        for (Run.LedgerEntry entry : result.ledger()) {
            ledger.addObject().put("kind", entry.kind()).put("detail", entry.detail());
        }
        return node;
    }

    private static ObjectNode profile(RecordResult result) {
        Generated generated = result.generated();
        Generated.Counts counts = generated.counts();
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("file", result.outputs().profile().name());
        node.put("names", counts.total());
        node.put("seen", counts.seen());
        node.put("floor", counts.floor());
        node.put("implicit", counts.implicit());
        node.put("policy", counts.policy());
        node.put("dockerDefaultAllows", counts.dockerAllows());
        gates(node.putArray("gated"), generated);
        ArrayNode capAdd = node.putArray("capAdd");
        generated.capAdd().asSet().stream().map(Capability::shortName).forEach(capAdd::add);
        ArrayNode leftOut = node.putArray("leftOut");
        for (Generated.LeftOut left : generated.leftOut()) {
            leftOut.addObject().put("what", left.what()).put("why", left.why()).put("remedy", left.remedy());
        }
        generated.remarks().forEach(node.putArray("remarks")::add);
        return node;
    }

    private static void gates(ArrayNode list, Generated generated) {
        for (Generated.Gate gate : generated.gates()) {
            list.addObject()
                    .put("name", gate.name())
                    .put("capability", gate.opener().name())
                    .put("needed", gate.needed())
                    .put("kernelSuffices", gate.kernelSuffices())
                    .put("liftable", gate.liftable());
        }
    }
}
