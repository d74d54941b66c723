package profgen.render;

import java.util.List;
import profgen.BadInputException;
import profgen.filter.Engine;
import profgen.filter.EngineKind;
import profgen.filter.Filter;
import profgen.filter.Host;
import profgen.filter.Resolver;
import profgen.profile.Profile;

/** Profile + Hosts -> one consumer's form. The policy is what the hosts' engine makes of the profile, Docker by default. */
public final class Renderer {
    private Renderer() {}

    /** The result has no conditions and is for one host: for consumers that read none, and for a policy that is not Docker's. */
    public static boolean isFlat(Form form, Engine source) {
        return form.isFlat() || source.kind() != EngineKind.DOCKER;
    }

    /**
     * @param name of the profile, for messages
     * @param hosts one for each architecture, otherwise alike; a flat form takes one
     * @param called for Kubernetes where the file will lie, from the folder of the kubelet's profiles; for the Security Profiles Operator the
     *     name of the resource
     * @throws BadInputException when no engine would take the profile, or {@code called} cannot be a name there
     */
    public static Rendered render(Form form, String name, Profile profile, List<Host> hosts, String called) {
        for (Host host : hosts) {
            List<String> refusals = Resolver.resolve(profile, host).refusals();
            if (!refusals.isEmpty()) {
                throw new BadInputException(name + ": refused by " + host.engine() + ": " + refusals.get(0));
            }
        }
        if (!isFlat(form, hosts.get(0).engine())) {
            return ConditionalForm.render(form, profile, hosts);
        }
        if (hosts.size() != 1) {
            throw new IllegalArgumentException(form.label() + " is for one host: " + hosts);
        }
        Filter filter = Resolver.resolve(profile, hosts.get(0));
        return switch (form) {
            case KUBERNETES -> Kubernetes.render(filter, called);
            case SPO -> SpoForm.render(filter, called);
            case BPF -> BpfForm.render(name, filter);
            case C -> CForm.render(name, filter);
            case SYSTEMD -> SystemdForm.render(filter);
            default -> FlatForm.render(form, filter);
        };
    }
}
