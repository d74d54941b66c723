package profgen.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import profgen.recording.Call.Arguments;
import profgen.recording.Extent;
import profgen.recording.Recording;
import profgen.recording.Run;
import profgen.recording.Total;
import profgen.syscall.Errno;
import profgen.syscall.Symbols;

/** The same as {@link ShowReport} for a program. */
public final class ShowJson {
    private ShowJson() {}

    /** One object; two spaces of indentation, a newline at the end. */
    public static String of(Recording recording, ShowFilter filter) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        ArrayNode runs = node.putArray("runs");
        recording.runs().forEach(run -> runs.add(run(run)));
        ArrayNode calls = node.putArray("calls");
        ShowReport.rows(recording, filter).forEach(row -> calls.add(row(row)));
        return node.toPrettyString() + "\n";
    }

    private static ObjectNode run(Run run) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("id", run.id()).put("complete", run.complete());
        ArrayNode command = node.putArray("command");
        run.provenance().command().forEach(command::add);
        ArrayNode ledger = node.putArray("ledger");
        run.ledger()
                .forEach(entry -> ledger.addObject().put("kind", entry.kind()).put("detail", entry.detail()));
        if (run.capabilityUses() != null) {
            ArrayNode uses = node.putArray("capabilityUses");
            run.capabilityUses()
                    .forEach(use -> uses.addObject()
                            .put("capability", use.capability().name())
                            .put("granted", use.granted())
                            .put("call", ShowReport.name(use.call()))
                            .put("executable", use.executable()));
        }
        return node;
    }

    private static ObjectNode row(ShowReport.Row row) {
        Total total = row.total();
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        row.id().name().ifPresent(name -> node.put("name", name));
        node.put("abi", row.id().abi()).put("number", row.id().number());
        node.put("executable", row.executable());
        node.put("runs", total.runs());
        if (total.count() != null) {
            node.put("count", total.count());
        }
        if (total.successes() != null) {
            node.put("successes", total.successes());
        }
        if (total.extent() != Extent.EXACT) {
            node.put("extent", total.extent().label());
        }
        if (total.errnos() != null) {
            ObjectNode errnos = node.putObject("errnos");
            total.errnos().forEach((errno, count) -> errnos.put(Errno.name(errno), count));
        }
        if (!total.phases().isEmpty()) {
            ArrayNode phases = node.putArray("phases");
            total.phases().forEach(phase -> phases.add(phase.label()));
        }
        Total.Sighting first = total.first();
        node.putObject("first")
                .put("run", first.run())
                .put("ns", first.sight().ns())
                .put("pid", first.sight().pid())
                .put("argv0", first.sight().argv0());
        ArrayNode arguments = node.putArray("arguments");
        total.arguments().forEach(one -> arguments.add(arguments(ShowReport.name(row.id()), one)));
        return node;
    }

    private static ObjectNode arguments(String syscall, Arguments arguments) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        ArrayNode indexes = node.putArray("indexes");
        arguments.indexes().forEach(indexes::add);
        ArrayNode values = node.putArray("values");
        ArrayNode symbols = node.putArray("symbols");
        for (List<Long> tuple : arguments.tuples()) {
            ArrayNode numbers = values.addArray();
            tuple.forEach(value -> numbers.add(new java.math.BigInteger(Long.toUnsignedString(value))));
            ArrayNode words = symbols.addArray();
            Symbols.render(syscall, arguments.indexes(), tuple).forEach(words::add);
        }
        return node.put("many", arguments.many());
    }
}
