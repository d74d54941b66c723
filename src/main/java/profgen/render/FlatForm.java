package profgen.render;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import profgen.filter.DroppedRule;
import profgen.filter.Engine;
import profgen.filter.Filter;
import profgen.filter.Host;
import profgen.filter.Resolver;
import profgen.profile.Profile;
import profgen.profile.ProfileWriter;

/** The keys of OCI's {@code linux.seccomp} alone: every condition is decided for the filter's host, comments are left out. */
final class FlatForm {
    private FlatForm() {}

    static Rendered render(Form form, Filter policy) {
        Profile flat = policy.toProfile();
        List<Remark> remarks = new ArrayList<>(decided(policy));
        Host consumer = policy.host().withEngine(engine(form));
        remarks.addAll(Sameness.remarks(policy, Resolver.resolve(flat, consumer)));
        return Rendered.of(ProfileWriter.write(flat), remarks);
    }

    private static Engine engine(Form form) {
        String label = switch (form) {
            case KUBERNETES -> "containerd";
            case OCI -> "runc";
            default -> form.label();
        };
        return Engine.parse(label).orElseThrow();
    }

    /** Flags of the profile that a form without a place for them loses; who loads the program may set them. */
    static List<Remark> flags(Filter policy, Set<String> said) {
        List<String> flags = policy.toProfile().flags();
        Set<String> lost = new TreeSet<>(flags == null ? List.of() : flags);
        lost.removeAll(said);
        return lost.isEmpty()
                ? List.of()
                : List.of(new Remark(Remark.Kind.HINT, "left out, the form has no such flag: " + Sameness.some(lost)));
    }

    /** What of the profile is only true of the policy's host. */
    static List<Remark> decided(Filter policy) {
        List<Remark> remarks = new ArrayList<>();
        if (policy.isUnconfined()) {
            remarks.add(new Remark(Remark.Kind.HINT, "the profile is unconfined: there is no filter"));
            return remarks;
        }
        remarks.add(new Remark(
                Remark.Kind.DECIDED,
                "for " + policy.host() + ", bounding set "
                        + (policy.host().bounding().names().isEmpty()
                                ? "empty"
                                : String.join(" ", policy.host().bounding().names()))));
        for (DroppedRule rule : policy.dropped()) {
            if (rule.cause() != DroppedRule.Cause.SAME_AS_DEFAULT) {
                remarks.add(new Remark(
                        Remark.Kind.DECIDED,
                        "rule " + rule.profileIndex() + " (" + Sameness.some(new TreeSet<>(rule.names()))
                                + "): left out: " + rule.inWords()));
            }
        }
        if (!policy.unknownNames().isEmpty()) {
            remarks.add(new Remark(
                    Remark.Kind.WITHOUT_EFFECT,
                    "no system call, ignored by runtimes: " + Sameness.some(policy.unknownNames())));
        }
        return remarks;
    }
}
