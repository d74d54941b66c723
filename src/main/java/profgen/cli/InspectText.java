package profgen.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import profgen.diff.Comparison;
import profgen.filter.BpfListing;
import profgen.filter.BpfProgram;
import profgen.filter.CallTable;
import profgen.host.ContainerProcess;
import profgen.host.LiveProcess;
import profgen.report.CallTableReport;
import profgen.report.CapabilityReport;
import profgen.report.DiffReport;

/** What {@code profgen inspect} says to a person. */
final class InspectText {
    private static final List<String> MODES = List.of("none", "strict", "filter");

    private InspectText() {}

    /**
     * @param calls null: without
     * @param comparison null: without
     */
    static String of(Live live, @Nullable CallTable calls, boolean all, @Nullable Comparison comparison) {
        StringBuilder text = new StringBuilder(lines(facts(live)));
        live.inspection()
                .remarks()
                .forEach(remark -> text.append("note: ").append(remark).append('\n'));
        if (calls != null) {
            text.append('\n').append(CallTableReport.text(calls, all));
        }
        if (comparison != null) {
            text.append('\n').append(DiffReport.text(comparison));
        }
        return text.toString();
    }

    private static Map<String, String> facts(Live live) {
        LiveProcess process = live.inspection().process();
        Map<String, String> facts = who(process, live.container());
        facts.put("seccomp", seccomp(live));
        facts.put("no_new_privs", process.noNewPrivileges() ? "yes" : "no");
        facts.putAll(CapabilityReport.lines(process.capabilities()));
        return facts;
    }

    /** The filters' instructions, the newest filter first. */
    static String listing(Live live) {
        List<BpfProgram> programs = live.inspection().stack().programs();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < programs.size(); i++) {
            text.append("\nfilter ").append(i + 1).append(" of ").append(programs.size());
            text.append(":\n\n").append(BpfListing.of(programs.get(i)));
        }
        return text.toString();
    }

    /** Which process it is. */
    static Map<String, String> who(LiveProcess process, Optional<ContainerProcess> container) {
        Map<String, String> facts = new LinkedHashMap<>();
        String thread = process.id() == process.process() ? "" : ", a thread of " + process.process();
        facts.put("process", process.id() + thread + " (" + printable(process.name()) + "): " + command(process));
        container.ifPresent(one -> facts.put("container", one.name() + " (" + one.engine() + ")"));
        return facts;
    }

    /** One fact a line, under each other. */
    static String lines(Map<String, String> facts) {
        int width = facts.keySet().stream().mapToInt(String::length).max().orElse(0);
        StringBuilder text = new StringBuilder();
        facts.forEach((label, fact) -> text.append(label)
                .append(" ".repeat(width + 2 - label.length()))
                .append(fact)
                .append('\n'));
        return text.toString();
    }

    private static String command(LiveProcess process) {
        return printable(Words.shell(process.command()));
    }

    /** A process chooses its name and its words itself: no control character of theirs reaches the terminal. */
    private static String printable(String text) {
        return text.codePoints()
                .mapToObj(point -> Character.isISOControl(point) ? "?" : Character.toString(point))
                .collect(Collectors.joining());
    }

    static String mode(LiveProcess process) {
        int mode = process.mode();
        return mode < MODES.size() ? MODES.get(mode) : "mode " + mode;
    }

    private static String seccomp(Live live) {
        List<String> sizes = live.inspection().stack().programs().stream()
                .map(program -> Words.count(program.instructions().size(), "instruction", "instructions"))
                .toList();
        String mode = mode(live.inspection().process());
        return switch (sizes.size()) {
            case 0 -> mode;
            case 1 -> mode + ": one of " + sizes.get(0);
            default -> mode + ": " + sizes.size() + ", the newest first: " + String.join(", ", sizes);
        };
    }
}
