package profgen.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import profgen.capability.Capability;
import profgen.capability.CapabilitySet;
import profgen.profile.CheckedCapability;
import profgen.recording.Call;
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

    /**
     * A gate of Docker's that stays in a profile made from the recording, whatever the kernel asks for.
     *
     * @param alternatives any one of these sets opens it
     * @param opener the capability to add where none of them is there
     * @param liftable {@code --gates observed} drops it
     */
    public record Gate(String call, List<CapabilitySet> alternatives, Capability opener, boolean liftable) {
        public Gate {
            alternatives = List.copyOf(alternatives);
        }
    }

    /** For a recording that is shown; empty if there is nothing to say. */
    static String section(Recording recording, List<Gate> gates) {
        StringBuilder out = new StringBuilder();
        for (String line : of(recording, gates)) {
            out.append(out.isEmpty() ? "capabilities\n" : "")
                    .append("  ")
                    .append(TextTable.printable(line))
                    .append('\n');
        }
        return out.toString();
    }

    private static boolean isObserved(Recording recording) {
        return recording.runs().stream().anyMatch(run -> run.capabilityUses() != null);
    }

    /** What was not seen did not happen. */
    private static boolean isWhole(Recording recording) {
        return recording.runs().stream().allMatch(Run::sawAllCapabilities);
    }

    private static List<String> of(Recording recording, List<Gate> gates) {
        List<String> lines = new ArrayList<>();
        if (isObserved(recording)) {
            Set<CapabilityUse> uses = uses(recording);
            if (capabilities(uses, true).isEmpty()) {
                lines.add(used(recording));
            }
            lines.addAll(each("used", uses, true));
            lines.addAll(each("refused", uses, false));
        }
        lines.addAll(inferred(recording));
        lines.addAll(advice(recording, gates));
        return lines;
    }

    /** In a few lines; empty if the recorder did not see them. */
    public static List<String> brief(Recording recording, List<Gate> gates) {
        if (!isObserved(recording)) {
            return List.of();
        }
        List<String> lines = new ArrayList<>(List.of(used(recording)));
        lines.addAll(advice(recording, gates));
        return lines;
    }

    private static String used(Recording recording) {
        CapabilitySet used = capabilities(uses(recording), true);
        return "used: "
                + (used.isEmpty()
                        ? "none"
                        : used.asSet().stream().map(Capability::shortName).collect(Collectors.joining(" ")))
                + (isWhole(recording) ? "" : ", as far as was seen");
    }

    /** None where something may have been missed. */
    private static List<String> advice(Recording recording, List<Gate> gates) {
        if (!isObserved(recording) || !isWhole(recording)) {
            return List.of();
        }
        CapabilitySet used = capabilities(uses(recording), true);
        List<String> lines = new ArrayList<>(liftable(gates, used));
        lines.add(unused(used));
        lines.add("enough: docker run --cap-drop ALL"
                + enough(gates, used).asSet().stream()
                        .map(one -> " --cap-add " + one.shortName())
                        .collect(Collectors.joining())
                + " ...");
        return lines;
    }

    /** What the kernel asked for, and what opens the gates of the profile that is made beside the recording. */
    private static CapabilitySet enough(List<Gate> gates, CapabilitySet used) {
        CapabilitySet enough = used;
        for (Gate gate : gates) {
            if (gate.alternatives().stream().noneMatch(enough::containsAll)) {
                enough = enough.with(gate.opener());
            }
        }
        return enough;
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

    private static List<String> liftable(List<Gate> gates, CapabilitySet used) {
        Map<Capability, SortedSet<String>> byOpener = gates.stream()
                .filter(gate -> gate.liftable() && !used.contains(gate.opener()))
                .collect(Collectors.groupingBy(
                        Gate::opener,
                        TreeMap::new,
                        Collectors.mapping(Gate::call, Collectors.toCollection(TreeSet::new))));
        return byOpener.entrySet().stream()
                .map(gate -> "Docker's gate of " + String.join(" ", gate.getValue()) + " on "
                        + gate.getKey().name() + " is Docker's own: --gates observed drops it")
                .toList();
    }
}
