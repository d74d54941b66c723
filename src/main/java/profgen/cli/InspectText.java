package profgen.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import profgen.diff.Comparison;
import profgen.filter.CallTable;
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
        StringBuilder text = new StringBuilder();
        Map<String, String> facts = facts(live);
        int width = facts.keySet().stream().mapToInt(String::length).max().orElse(0);
        facts.forEach((label, fact) -> text.append(label)
                .append(" ".repeat(width + 2 - label.length()))
                .append(fact)
                .append('\n'));
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
        Map<String, String> facts = new LinkedHashMap<>();
        String thread = process.id() == process.process() ? "" : ", a thread of " + process.process();
        facts.put("process", process.id() + thread + " (" + printable(process.name()) + "): " + command(process));
        live.container()
                .ifPresent(container -> facts.put("container", container.name() + " (" + container.engine() + ")"));
        facts.put("seccomp", seccomp(live));
        facts.put("no_new_privs", process.noNewPrivileges() ? "yes" : "no");
        facts.putAll(CapabilityReport.lines(process.capabilities()));
        return facts;
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
