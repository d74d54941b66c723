package profgen.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import profgen.diff.RunHost;
import profgen.verify.Attempt;
import profgen.verify.DeniedCall;
import profgen.verify.DenyProof;
import profgen.verify.Verification;

/** What {@code verify --json} says: one object. */
final class VerifyJson {
    private VerifyJson() {}

    static String of(VerifyReport report) {
        return object(report) + "\n";
    }

    static ObjectNode object(VerifyReport report) {
        FixedProfile result = report.result();
        Verification verification = result.verification();
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("passed", verification.passed());
        root.put("profile", report.profile());
        root.put("place", report.place().inWords());
        root.put("host", RunHost.inWords(report.place().host()));
        root.put("failure", verification.failure().orElse(null));
        verification.attempts().forEach(attempt -> add(root.withArray("/runs"), attempt));
        ArrayNode denied = root.putArray("denied");
        verification.denied().forEach(call -> add(denied, call, report));
        verification.floor().forEach(root.putArray("runtimeLacks")::add);
        ArrayNode proofs = root.putArray("mustDeny");
        verification.proofs().forEach(proof -> add(proofs, proof));
        verification.remarks().forEach(root.putArray("remarks")::add);
        if (!result.rounds().isEmpty()) {
            result.added().forEach(root.putArray("added")::add);
            root.put("written", result.written().orElse(null));
        }
        return root;
    }

    private static void add(ArrayNode runs, Attempt attempt) {
        runs.addObject()
                .put("end", attempt.end().name().toLowerCase(Locale.ROOT))
                .put("status", attempt.status());
    }

    private static void add(ArrayNode denied, DeniedCall call, VerifyReport report) {
        ObjectNode node = denied.addObject()
                .put("call", call.name())
                .put("inWords", call.inWords())
                .put("outcome", call.outcome().inWords())
                .put("executable", call.denial().executable())
                .put("argv0", call.denial().first().argv0())
                .put("pid", call.denial().first().pid())
                .put("count", call.denial().count())
                .put("why", call.why())
                .put("remedy", report.remedyOf(call).orElse(null));
        call.denial().phases().forEach(phase -> node.withArray("/phases").add(phase.label()));
        ArrayNode sets = node.putArray("arguments");
        for (List<Long> six : call.denial().arguments()) {
            ArrayNode set = sets.addArray();
            six.forEach(value -> set.add(Long.toUnsignedString(value)));
        }
    }

    private static void add(ArrayNode proofs, DenyProof proof) {
        proofs.addObject()
                .put("call", proof.asked().words())
                .put("denied", proof.denied())
                .put("outcome", proof.decision().outcome().inWords())
                .put("evidence", proof.evidence());
    }
}
