package profgen.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import profgen.host.Doctor;
import profgen.host.Finding;
import profgen.tracer.TracerBinary;

/** {@code profgen doctor}: what works on this machine, and why something does not. */
@Command(
        name = "doctor",
        description = "Tries what profgen can use on this machine and lists, back end by back end and engine by engine,"
                + " what works, why something does not, and what would help. It changes nothing.",
        exitCodeList = {"0:recording works here", "1:recording does not work here"},
        footer = {"  profgen doctor", "  profgen doctor --json | jq '.findings[] | select(.works | not)'"})
final class DoctorCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--json", description = "One JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        List<Finding> findings = Doctor.examine(TracerBinary.locate());
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            printJson(findings, out);
        } else {
            print(findings, out);
        }
        return (Doctor.canRecord(findings) ? ExitCode.DONE : ExitCode.NO).status();
    }

    static void print(List<Finding> findings, PrintWriter out) {
        int width = findings.stream()
                .mapToInt(finding -> finding.name().length())
                .max()
                .orElse(0);
        for (Finding.Group group : Finding.Group.values()) {
            out.println(group.heading());
            findings.stream().filter(finding -> finding.group() == group).forEach(finding -> {
                String start = "  " + finding.name()
                        + " ".repeat(width - finding.name().length()) + "  "
                        + (finding.works() ? "works  " : "no     ");
                out.println((start + finding.detail()).stripTrailing());
                if (!finding.remedy().isEmpty()) {
                    out.println(" ".repeat(start.length()) + "remedy: " + finding.remedy());
                }
            });
        }
    }

    static void printJson(List<Finding> findings, PrintWriter out) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("canRecord", Doctor.canRecord(findings));
        ArrayNode list = root.putArray("findings");
        for (Finding finding : findings) {
            list.addObject()
                    .put("group", finding.group().heading())
                    .put("name", finding.name())
                    .put("works", finding.works())
                    .put("detail", finding.detail())
                    .put("remedy", finding.remedy());
        }
        out.println(root);
    }
}
