package profgen.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import profgen.diff.Witness;
import profgen.filter.CallTable;
import profgen.filter.CallTable.Row;
import profgen.filter.Decision;
import profgen.filter.Filter;
import profgen.filter.Outcome;
import profgen.filter.Region;
import profgen.filter.Ruling;
import profgen.profile.Action;
import profgen.syscall.Abi;

/** For programs: what a filter does with one call, or with every call of an ABI. */
public final class DecideJson {
    private DecideJson() {}

    /** @param remarks what else there is to say, e.g. about the installed libseccomp */
    public static String one(Filter filter, Witness call, Decision decision, List<String> remarks) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        DiffJson.witness(node.putObject("call"), call);
        outcome(node.putObject("outcome"), decision.outcome());
        node.put("allowed", decision.outcome().allows());
        ObjectNode by = node.putObject("by");
        by.put("words", decision.ruling().inWords());
        if (decision.ruling() instanceof Ruling.ByRule rule) {
            by.put("rule", rule.rule().profileIndex());
        }
        ArrayNode passed = node.putArray("notBy");
        decision.passed()
                .forEach(one ->
                        passed.addObject().put("rule", one.profileIndex()).put("why", one.why()));
        node.put("host", filter.host().toString());
        ArrayNode notes = node.putArray("notes");
        remarks.forEach(notes::add);
        return node.toPrettyString() + "\n";
    }

    /** @param remarks as for one call */
    public static String all(Filter filter, CallTable table, List<String> remarks) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("abi", table.abi().label()).put("host", filter.host().toString());
        outcome(node.putObject("default"), filter.defaultOutcome());
        ArrayNode calls = node.putArray("calls");
        for (Row row : table.named()) {
            ObjectNode call = calls.addObject().put("number", row.first()).put("name", row.name());
            ArrayNode outcomes = call.putArray("outcomes");
            row.parts()
                    .forEach(
                            (outcome, region) -> part(outcomes.addObject(), table.abi(), row.first(), outcome, region));
            if (!row.undecided().isEmpty()) {
                call.put("undecided", row.undecided());
            }
        }
        ArrayNode notes = node.putArray("notes");
        remarks.forEach(notes::add);
        return node.toPrettyString() + "\n";
    }

    private static void part(ObjectNode node, Abi abi, int number, Outcome outcome, Region region) {
        outcome(node, outcome);
        if (!region.isAll()) {
            region.witness()
                    .ifPresent(values -> DiffJson.witness(node.putObject("witness"), Witness.of(abi, number, values)));
        }
    }

    static void outcome(ObjectNode node, Outcome outcome) {
        node.put("action", outcome.action().scmpName());
        if (outcome.action() == Action.ERRNO || outcome.action() == Action.TRACE) {
            node.put("data", outcome.data());
        }
        node.put("words", outcome.inWords());
    }
}
