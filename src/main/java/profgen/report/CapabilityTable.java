package profgen.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import profgen.capability.Capability;
import profgen.capability.CapabilitySet;
import profgen.capability.ProcessCapabilities;
import profgen.filter.Host;
import profgen.filter.Opened;
import profgen.profile.Baseline;
import profgen.report.TextTable.Column;

/**
 * Capabilities one by one: since when there are such, whether Docker grants them, and what they open in Docker's profile.
 *
 * @param shown the rows
 * @param process whose sets are shown
 * @param host that Docker's profile is read for
 */
public record CapabilityTable(List<Capability> shown, ProcessCapabilities process, Host host) {
    public CapabilityTable {
        shown = List.copyOf(shown);
    }

    /** Those that are in any set of a process. */
    public static CapabilityTable of(ProcessCapabilities process, Host host) {
        long any = process.bounding()
                | process.permitted()
                | process.effective()
                | process.inheritable()
                | process.ambient();
        return new CapabilityTable(List.copyOf(CapabilitySet.fromMask(any).asSet()), process, host);
    }

    public static CapabilityTable ofAll(ProcessCapabilities process, Host host) {
        return new CapabilityTable(List.of(Capability.values()), process, host);
    }

    public String text() {
        TextTable table = new TextTable(List.of(
                Column.number("NUMBER"),
                Column.text("CAPABILITY"),
                Column.text("SINCE"),
                Column.text("DOCKER"),
                Column.text("HERE"),
                Column.text("OPENS IN DOCKER'S PROFILE")));
        for (Capability capability : shown) {
            table.add(List.of(
                    Integer.toString(capability.number()),
                    capability.shortName(),
                    capability.since(),
                    CapabilitySet.DOCKER_DEFAULT.contains(capability) ? "default" : "--cap-add",
                    here(capability),
                    String.join(" ", opens(capability))));
        }
        return table.text();
    }

    /** {@code bounding permitted effective}: the sets that have it. */
    private String here(Capability capability) {
        return capability.number() < process.known() ? String.join(" ", sets(capability)) : "not in this kernel";
    }

    private List<String> sets(Capability capability) {
        List<String> sets = new ArrayList<>();
        process.byName().forEach((name, mask) -> {
            if ((mask >>> capability.number() & 1) != 0) {
                sets.add(name);
            }
        });
        return sets;
    }

    private Collection<String> opens(Capability capability) {
        return Opened.by(capability, Baseline.dockerDefault(), host);
    }

    public void json(ArrayNode list) {
        for (Capability capability : shown) {
            ObjectNode node = list.addObject();
            node.put("number", capability.number()).put("name", capability.name());
            node.put("since", capability.since());
            node.put("dockerDefault", CapabilitySet.DOCKER_DEFAULT.contains(capability));
            node.put("known", capability.number() < process.known());
            ArrayNode sets = node.putArray("sets");
            sets(capability).forEach(sets::add);
            ArrayNode opens = node.putArray("opens");
            opens(capability).forEach(opens::add);
        }
    }
}
