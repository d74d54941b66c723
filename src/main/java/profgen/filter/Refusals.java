package profgen.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import profgen.profile.Action;
import profgen.profile.Profile;
import profgen.profile.Rule;

/** Why an engine or its runtime does not start a container with a profile. */
final class Refusals {
    private final List<String> found = new ArrayList<>();

    private Refusals() {}

    static List<String> of(Profile profile, List<Rule> kept) {
        Refusals refusals = new Refusals();
        if (!profile.isUnconfined()) {
            refusals.ofProfile(profile);
            kept.forEach(refusals::ofRule);
        }
        return refusals.found;
    }

    private void ofProfile(Profile profile) {
        if (profile.defaultAction() == null) {
            found.add("no defaultAction");
        } else if (profile.defaultAction() == Action.NOTIFY) {
            found.add("SCMP_ACT_NOTIFY as the default action");
        }
        checkErrno(() -> "defaultErrnoRet", profile.defaultErrnoRet());
    }

    private void ofRule(Rule rule) {
        if (rule.action() == Action.NOTIFY && rule.names().contains("write")) {
            found.add("SCMP_ACT_NOTIFY for write");
        }
        checkErrno(() -> "rule for " + String.join(", ", rule.names()), rule.errnoRet());
    }

    private void checkErrno(Supplier<String> object, @Nullable Integer errno) {
        if (errno != null && (errno < 0 || errno > Outcome.MAX_ERRNO)) {
            found.add(object.get() + ": errno " + errno + ", expected 0 to " + Outcome.MAX_ERRNO);
        }
    }
}
