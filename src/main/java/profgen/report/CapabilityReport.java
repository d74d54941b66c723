package profgen.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import profgen.capability.Capability;
import profgen.capability.CapabilitySet;
import profgen.capability.ProcessCapabilities;

/** The capabilities of a live process, as capsh and getpcaps spell them, and beside Docker's default. */
public final class CapabilityReport {
    private CapabilityReport() {}

    /** Label and text, line by line. */
    public static Map<String, String> lines(ProcessCapabilities capabilities) {
        Map<String, String> lines = new LinkedHashMap<>();
        lines.put("capabilities", capabilities.asGetpcaps());
        capabilities
                .byName()
                .forEach((label, mask) -> lines.put(label, mask == 0 ? "none" : ProcessCapabilities.names(mask)));
        CapabilitySet bounding = CapabilitySet.fromMask(capabilities.bounding());
        List<Capability> missing = missing(bounding);
        int docker = CapabilitySet.DOCKER_DEFAULT.asSet().size();
        lines.put(
                "Docker's " + docker,
                missing.isEmpty()
                        ? "all in the bounding set"
                        : (docker - missing.size()) + " in the bounding set, missing: " + names(missing));
        lines.put("beyond them", beyond(bounding).isEmpty() ? "none" : names(beyond(bounding)));
        return lines;
    }

    private static List<Capability> missing(CapabilitySet bounding) {
        return CapabilitySet.DOCKER_DEFAULT.asSet().stream()
                .filter(capability -> !bounding.contains(capability))
                .toList();
    }

    private static List<Capability> beyond(CapabilitySet bounding) {
        return bounding.asSet().stream()
                .filter(capability -> !CapabilitySet.DOCKER_DEFAULT.contains(capability))
                .toList();
    }

    private static String names(List<Capability> capabilities) {
        return String.join(" ", capabilities.stream().map(Capability::shortName).toList());
    }

    /** Into an object of its own. */
    public static void json(ObjectNode node, ProcessCapabilities capabilities) {
        node.put("getpcaps", capabilities.asGetpcaps());
        capabilities.byName().forEach((label, mask) -> {
            ArrayNode names = node.putObject(label)
                    .put("mask", String.format(Locale.ROOT, "%016x", mask))
                    .putArray("names");
            CapabilitySet.fromMask(mask).names().forEach(names::add);
        });
        CapabilitySet bounding = CapabilitySet.fromMask(capabilities.bounding());
        ObjectNode docker = node.putObject("dockerDefault");
        ArrayNode missing = docker.putArray("missing");
        missing(bounding).forEach(one -> missing.add(one.name()));
        ArrayNode beyond = docker.putArray("beyond");
        beyond(bounding).forEach(one -> beyond.add(one.name()));
    }
}
