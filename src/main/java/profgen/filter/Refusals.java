package profgen.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import profgen.profile.Action;
import profgen.profile.ErrnoNames;
import profgen.profile.Printable;
import profgen.profile.Profile;
import profgen.profile.Rule;

/** Why an engine or its runtime does not start a container with a profile. */
final class Refusals {
    private final List<String> found = new ArrayList<>();

    private Refusals() {}

    static List<String> of(Resolved resolved, List<Rule> kept) {
        Refusals refusals = new Refusals();
        if (!resolved.profile().isUnconfined()) {
            refusals.ofProfile(resolved.profile());
            refusals.ofNames(resolved);
            refusals.ofErrnoNames(resolved, kept);
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
    }

    private void ofNames(Resolved resolved) {
        Profile profile = resolved.profile();
        boolean runc = resolved.host().engine().kind().usesRunc();
        boolean readsMap = resolved.host().engine().kind().readsConditions();
        if (readsMap && !profile.archMap().isEmpty() && !profile.architectures().isEmpty()) {
            found.add("archMap and architectures together");
        }
        resolved.architectures().stream()
                .filter(name -> !RuntimeNames.isArchitecture(name, runc))
                .forEach(name -> found.add("architecture " + Printable.of(name) + ": unknown"));
        List<String> flags = profile.flags();
        (flags == null ? List.<String>of() : flags)
                .stream()
                        .filter(name -> !RuntimeNames.isFlag(name, runc))
                        .forEach(name -> found.add("flag " + Printable.of(name) + ": unknown"));
    }

    /** An engine that reads names of errors refuses what is none. */
    private void ofErrnoNames(Resolved resolved, List<Rule> kept) {
        if (resolved.host().engine().kind().readsErrnoNames()) {
            Stream.concat(
                            Stream.of(resolved.profile().defaultErrno()),
                            kept.stream().map(Rule::errno))
                    .filter(name -> !name.isEmpty() && ErrnoNames.number(name).isEmpty())
                    .forEach(name -> found.add("errno " + Printable.of(name) + ": unknown"));
        }
    }

    private void ofRule(Rule rule) {
        if (rule.action() == Action.NOTIFY && rule.names().contains("write")) {
            found.add("SCMP_ACT_NOTIFY for write");
        }
    }
}
