package profgen.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import profgen.filter.Host;
import profgen.host.LiveProcess;
import profgen.report.CapabilityReport;
import profgen.report.CapabilityTable;

/** {@code profgen caps}: capability sets, and what each capability opens in Docker's profile. */
@Command(
        name = "caps",
        description = {
            "Shows the capability sets of a process, decoded as getpcaps and capsh --print do, beside Docker's 14; then each"
                    + " capability that it has in a set, with the kernel that brought it and the calls that Docker's newest default"
                    + " profile answers otherwise when the bounding set has it. Without PID: profgen's own, which are the caller's.",
            "",
            "With --list: all capabilities that there are.",
        },
        exitCodeList = {
            "0:done",
            "2:wrong usage",
            "3:no such process or container, or it does not run",
            "4:no engine answers",
        },
        footer = {
            "  profgen caps",
            "  profgen caps 4711",
            "  profgen caps --container web",
            "  profgen caps --list",
            "  profgen caps --list --json | jq -r '.capabilities[] | select(.opens | index(\"mount\")) | .name'",
        })
final class CapsCommand implements Callable<Integer>, SaysErrorsInJson {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", arity = "0..1", paramLabel = "PID", description = "A process, or a thread by its id.")
    private @Nullable String pid;

    @Mixin
    private LiveOptions target = new LiveOptions();

    @Option(names = "--list", description = "All capabilities, instead of those of a process.")
    private boolean list;

    @Option(names = "--json", description = "One JSON object.")
    private boolean json;

    @Override
    public boolean json() {
        return json;
    }

    @Override
    public Integer call() {
        if (list && (pid != null || target.saysContainer())) {
            throw new ParameterException(spec.commandLine(), "--list: takes no process");
        }
        LiveOptions.Found found = pid == null && !target.saysContainer() ? own() : asked();
        Host host = Host.docker(HostOptions.own());
        CapabilityTable table = list
                ? CapabilityTable.ofAll(found.process().capabilities(), host)
                : CapabilityTable.of(found.process().capabilities(), host);
        spec.commandLine().getOut().print(json ? inJson(found, table) : inWords(found, table));
        return ExitCode.DONE.status();
    }

    private LiveOptions.Found asked() {
        return target.find(spec.commandLine(), pid == null ? List.of() : List.of(pid));
    }

    private static LiveOptions.Found own() {
        int id = Math.toIntExact(ProcessHandle.current().pid());
        return new LiveOptions.Found(LiveProcess.read(id), Optional.empty());
    }

    private String inWords(LiveOptions.Found found, CapabilityTable table) {
        if (list) {
            return table.text();
        }
        Map<String, String> facts = InspectText.who(found.process(), found.container());
        facts.putAll(CapabilityReport.lines(found.process().capabilities()));
        return InspectText.lines(facts) + "\n" + table.text();
    }

    private String inJson(LiveOptions.Found found, CapabilityTable table) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        if (!list) {
            InspectJson.process(root.putObject("process"), found.process(), found.container());
            CapabilityReport.json(root.putObject("sets"), found.process().capabilities());
        }
        table.json(root.putArray("capabilities"));
        return root.toPrettyString() + "\n";
    }
}
