package profgen.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import profgen.capability.Capability;
import profgen.generate.Generated;

/** What is said about a profile, for a program. */
final class GeneratedJson {
    private GeneratedJson() {}

    static ObjectNode of(Generated generated, String file) {
        Generated.Counts counts = generated.counts();
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("file", file);
        node.put("names", counts.total());
        node.put("seen", counts.seen());
        node.put("floor", counts.floor());
        node.put("implicit", counts.implicit());
        node.put("policy", counts.policy());
        node.put("dockerDefaultAllows", counts.dockerAllows());
        ArrayNode gated = node.putArray("gated");
        generated
                .gates()
                .forEach(gate -> gated.addObject()
                        .put("name", gate.name())
                        .put("capability", gate.opener().name())
                        .put("needed", gate.needed())
                        .put("kernelSuffices", gate.kernelSuffices())
                        .put("liftable", gate.liftable()));
        generated.lifted().forEach(node.putArray("lifted")::add);
        ArrayNode capAdd = node.putArray("capAdd");
        generated.capAdd().asSet().stream().map(Capability::shortName).forEach(capAdd::add);
        ArrayNode leftOut = node.putArray("leftOut");
        generated
                .leftOut()
                .forEach(left -> leftOut.addObject()
                        .put("what", left.what())
                        .put("why", left.why())
                        .put("remedy", left.remedy()));
        generated.remarks().forEach(node.putArray("remarks")::add);
        return node;
    }
}
