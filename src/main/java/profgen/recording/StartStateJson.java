package profgen.recording;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import profgen.capability.Capability;
import profgen.capability.CapabilitySet;

/** The state of the main process at its start as JSON, both ways. */
final class StartStateJson {
    private static final Set<String> KEYS = Set.of(
            "uid",
            "gid",
            "groups",
            "bounding",
            "permitted",
            "effective",
            "inheritable",
            "ambient",
            "userNamespace",
            "noNewPrivileges",
            "seccompMode",
            "seccompFilters");

    private StartStateJson() {}

    static ObjectNode write(Run.StartState start) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("uid", Integer.toUnsignedLong(start.uid()));
        node.put("gid", Integer.toUnsignedLong(start.gid()));
        ArrayNode groups = node.putArray("groups");
        start.groups().forEach(group -> groups.add(Integer.toUnsignedLong(group)));
        put(node, "bounding", start.bounding());
        put(node, "permitted", start.permitted());
        put(node, "effective", start.effective());
        put(node, "inheritable", start.inheritable());
        put(node, "ambient", start.ambient());
        node.put("userNamespace", start.userNamespace());
        node.put("noNewPrivileges", start.noNewPrivileges());
        node.put("seccompMode", start.seccompMode());
        node.put("seccompFilters", start.seccompFilters());
        return node;
    }

    private static void put(ObjectNode node, String key, CapabilitySet set) {
        ArrayNode names = node.putArray(key);
        set.names().forEach(names::add);
    }

    static Run.StartState read(JsonValue value) {
        value.allowing(KEYS);
        return new Run.StartState(
                value.get("uid").unsignedInt(),
                value.get("gid").unsignedInt(),
                value.get("groups").list(JsonValue::unsignedInt),
                readSet(value.get("bounding")),
                readSet(value.get("permitted")),
                readSet(value.get("effective")),
                readSet(value.get("inheritable")),
                readSet(value.get("ambient")),
                value.get("userNamespace").flag(),
                value.get("noNewPrivileges").flag(),
                value.get("seccompMode").integer(0, 2),
                value.get("seccompFilters").integer(0, Integer.MAX_VALUE));
    }

    private static CapabilitySet readSet(JsonValue value) {
        List<Capability> capabilities = value.list(name -> Capability.byName(name.text())
                .filter(capability -> capability.name().equals(name.text()))
                .orElseThrow(() -> name.expected("the name of a capability, e.g. \"CAP_CHOWN\"")));
        return CapabilitySet.of(capabilities);
    }
}
