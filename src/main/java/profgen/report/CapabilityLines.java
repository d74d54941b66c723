package profgen.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import profgen.capability.Capability;
import profgen.capability.CapabilitySet;
import profgen.profile.CheckedCapability;
import profgen.profile.KernelSuffices;
import profgen.recording.Call;
import profgen.recording.CallId;
import profgen.recording.CapabilityUse;
import profgen.recording.Recording;
import profgen.recording.Run;

/**
 * What capabilities a workload really used, and so what of an engine's it can do without. Where the recorder did not see them, what was
 * refused is inferred from errors.
 */
public final class CapabilityLines {
    private static final int EPERM = 1;

    private CapabilityLines() {}

    /** For a recording that is shown; empty if there is nothing to say. */
    static String section(Recording recording) {
        StringBuilder out = new StringBuilder();
        for (String line : of(recording)) {
            out.append(out.isEmpty() ? "capabilities\n" : "")
                    .append("  ")
                    .append(TextTable.printable(line))
                    .append('\n');
        }
        return out.toString();
    }

    private static boolean isObserved(Recording recording) {
        return !recording.runs().isEmpty() && recording.runs().stream().allMatch(run -> run.capabilityUses() != null);
    }

    private static List<String> of(Recording recording) {
        if (!isObserved(recording)) {
            return inferred(recording);
        }
        List<String> lines = new ArrayList<>();
        Set<CapabilityUse> uses = uses(recording);
        if (capabilities(uses, true).isEmpty()) {
            lines.add("used: none");
        }
        lines.addAll(each("used", uses, true));
        lines.addAll(each("refused", uses, false));
        lines.addAll(advice(recording, capabilities(uses, true)));
        return lines;
    }

    /** In a few lines; empty if the recorder did not see them. */
    public static List<String> brief(Recording recording) {
        if (!isObserved(recording)) {
            return List.of();
        }
        CapabilitySet used = capabilities(uses(recording), true);
        List<String> lines = new ArrayList<>();
        lines.add("used: "
                + (used.isEmpty()
                        ? "none"
                        : used.asSet().stream().map(Capability::shortName).collect(Collectors.joining(" "))));
        lines.addAll(advice(recording, used));
        return lines;
    }

    private static List<String> advice(Recording recording, CapabilitySet used) {
        List<String> lines = new ArrayList<>(gates(recording, used));
        lines.add(unused(used));
        lines.add("enough: docker run --cap-drop ALL"
                + used.asSet().stream()
                        .map(one -> " --cap-add " + one.shortName())
                        .collect(Collectors.joining())
                + " ...");
        return lines;
    }

    private static Set<CapabilityUse> uses(Recording recording) {
        SortedSet<CapabilityUse> uses = new TreeSet<>();
        for (Run run : recording.runs()) {
            List<CapabilityUse> one = run.capabilityUses();
            if (one != null) {
                uses.addAll(one);
            }
        }
        return uses;
    }

    private static CapabilitySet capabilities(Set<CapabilityUse> uses, boolean granted) {
        return CapabilitySet.of(uses.stream()
                .filter(use -> use.granted() == granted)
                .map(CapabilityUse::capability)
                .collect(Collectors.toSet()));
    }

    private static List<String> each(String word, Set<CapabilityUse> uses, boolean granted) {
        List<String> lines = new ArrayList<>();
        for (Capability capability : capabilities(uses, granted)) {
            String where = uses.stream()
                    .filter(use -> use.granted() == granted && use.capability() == capability)
                    .map(use -> ShowReport.name(use.call()) + " of " + use.executable())
                    .distinct()
                    .collect(Collectors.joining(", "));
            lines.add(word + ": " + capability.shortName() + ", in " + where);
        }
        return lines;
    }

    /** The kernel's refusal, for want of a capability as far as the table knows: another reason is possible. */
    private static List<String> inferred(Recording recording) {
        SortedSet<String> lines = new TreeSet<>();
        for (Run run : recording.runs()) {
            for (Call call : run.calls()) {
                if (run.capabilityUses() == null && wasRefused(call)) {
                    call.id()
                            .name()
                            .flatMap(CheckedCapability::of)
                            .ifPresent(checked -> lines.add("refused, inferred from EPERM: "
                                    + checked.capability().shortName() + ", in " + checked.name() + " of "
                                    + call.executable()));
                }
            }
        }
        return List.copyOf(lines);
    }

    private static boolean wasRefused(Call call) {
        return call.errnos() != null && call.errnos().containsKey(EPERM);
    }

    private static String unused(CapabilitySet used) {
        List<String> unused = CapabilitySet.DOCKER_DEFAULT.asSet().stream()
                .filter(capability -> !used.contains(capability))
                .map(Capability::shortName)
                .toList();
        return unused.size() == CapabilitySet.DOCKER_DEFAULT.asSet().size()
                ? "none of Docker's " + unused.size() + " was used"
                : "of Docker's " + CapabilitySet.DOCKER_DEFAULT.asSet().size() + " these were never used: "
                        + String.join(" ", unused);
    }

    /** Calls that Docker allows with a capability only, and that succeeded without. */
    private static List<String> gates(Recording recording, CapabilitySet used) {
        Map<Capability, SortedSet<String>> byGate = recording.runs().stream()
                .flatMap(run -> run.calls().stream())
                .map(call -> call.id())
                .map(CallId::name)
                .flatMap(name -> name.flatMap(KernelSuffices::of).stream())
                .filter(gate -> !used.contains(gate.gate()))
                .collect(Collectors.groupingBy(
                        KernelSuffices::gate,
                        Collectors.mapping(KernelSuffices::name, Collectors.toCollection(TreeSet::new))));
        return byGate.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(Comparator.naturalOrder()))
                .map(gate -> "Docker's gate of " + String.join(" ", gate.getValue()) + " on "
                        + gate.getKey().name() + " is Docker's own: --gates observed drops it")
                .toList();
    }
}
