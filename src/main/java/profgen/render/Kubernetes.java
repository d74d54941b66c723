package profgen.render;

import profgen.filter.Filter;

/** The profile for the node, and the lines of a pod or container that name it. */
final class Kubernetes {
    private Kubernetes() {}

    static Rendered render(Filter policy, String file) {
        Rendered flat = FlatForm.render(Form.KUBERNETES, policy);
        String kind = policy.isUnconfined()
                ? "    type: Unconfined\n"
                : "    type: Localhost\n    localhostProfile: " + Yaml.quoted(file) + "\n";
        return new Rendered("securityContext:\n  seccompProfile:\n" + kind, flat.text(), flat.remarks());
    }
}
