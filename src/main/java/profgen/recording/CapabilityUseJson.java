package profgen.recording;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import profgen.capability.Capability;

/** A capability's use as JSON, both ways. */
final class CapabilityUseJson {
    private static final Set<String> KEYS = Set.of("capability", "granted", "abi", "number", "executable");

    private CapabilityUseJson() {}

    static ObjectNode write(CapabilityUse use) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("capability", use.capability().name())
                .put("granted", use.granted())
                .put("abi", use.call().abi())
                .put("number", use.call().number())
                .put("executable", use.executable());
    }

    static CapabilityUse read(JsonValue value) {
        value.allowing(KEYS);
        JsonValue name = value.get("capability");
        Capability capability = Capability.byName(name.text())
                .filter(known -> known.name().equals(name.text()))
                .orElseThrow(() -> name.expected("the full name of a capability, e.g. \"CAP_CHOWN\""));
        CallId call =
                new CallId(value.get("abi").text(), value.get("number").integer(Integer.MIN_VALUE, Integer.MAX_VALUE));
        return new CapabilityUse(
                capability,
                value.get("granted").flag(),
                call,
                value.get("executable").text());
    }
}
