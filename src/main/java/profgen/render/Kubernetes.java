package profgen.render;

import java.util.List;
import profgen.BadInputException;
import profgen.filter.Filter;

/** The profile for the node, and the lines of a pod or container that name it. */
final class Kubernetes {
    private Kubernetes() {}

    static Rendered render(Filter policy, String file) {
        if (file.isEmpty()
                || file.startsWith("/")
                || List.of(file.split("/", -1)).contains("..")) {
            throw new BadInputException("localhostProfile " + (file.isEmpty() ? "\"\"" : file)
                    + ": expected a path below the kubelet's folder of profiles, without / before it and without ..");
        }
        Rendered flat = FlatForm.render(Form.KUBERNETES, policy);
        String kind = policy.isUnconfined()
                ? "    type: Unconfined\n"
                : "    type: Localhost\n    localhostProfile: " + Yaml.quoted(file) + "\n";
        return new Rendered("securityContext:\n  seccompProfile:\n" + kind, flat.text(), null, flat.remarks());
    }
}
