package profgen.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import profgen.diff.Comparison;
import profgen.filter.BpfProgram;
import profgen.filter.CallTable;
import profgen.host.ContainerProcess;
import profgen.host.LiveProcess;
import profgen.report.CallTableReport;
import profgen.report.CapabilityReport;
import profgen.report.DiffJson;

/** What {@code profgen inspect} says to a program. */
final class InspectJson {
    private InspectJson() {}

    static String of(Live live, @Nullable CallTable calls, boolean all, @Nullable Comparison comparison) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        LiveProcess process = live.inspection().process();
        process(root.putObject("process"), process, live.container());
        ObjectNode seccomp = root.putObject("seccomp");
        seccomp.put("mode", process.mode()).put("name", InspectText.mode(process));
        seccomp.put("noNewPrivileges", process.noNewPrivileges());
        ArrayNode filters = seccomp.putArray("filters");
        for (BpfProgram program : live.inspection().stack().programs()) {
            filters.addObject()
                    .put("instructions", program.instructions().size())
                    .put("bpf", HexFormat.of().formatHex(program.toBytes()));
        }
        CapabilityReport.json(root.putObject("capabilities"), process.capabilities());
        if (calls != null) {
            CallTableReport.json(root.putObject("verdicts"), calls, all);
        }
        if (comparison != null) {
            DiffJson.json(root.putObject("comparison"), comparison);
        }
        ArrayNode notes = root.putArray("notes");
        live.inspection().remarks().forEach(notes::add);
        return root.toPrettyString() + "\n";
    }

    /** Which process it is. */
    static void process(ObjectNode node, LiveProcess process, Optional<ContainerProcess> container) {
        node.put("pid", process.process());
        if (process.id() != process.process()) {
            node.put("thread", process.id());
        }
        node.put("name", process.name());
        ArrayNode command = node.putArray("command");
        process.command().forEach(command::add);
        container.ifPresent(
                one -> node.putObject("container").put("name", one.name()).put("engine", one.engine()));
    }
}
