package profgen.filter;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import profgen.profile.Condition;
import profgen.profile.Profile;
import profgen.profile.Rule;
import profgen.syscall.Abi;

/**
 * What an engine makes of a profile on a host.
 *
 * @param architectures SCMP_ARCH_* that the runtime is told; empty means native
 * @param kept the profile's rules that passed their conditions, those that say the same as the default included
 */
record Resolved(
        Profile profile,
        Host host,
        List<String> architectures,
        SortedSet<Abi> abis,
        Outcome defaultOutcome,
        List<Rule> kept,
        List<FilterRule> rules,
        List<DroppedRule> dropped,
        Set<String> unknownNames,
        List<String> refusals) {
    Resolved {
        architectures = List.copyOf(architectures);
        abis = Collections.unmodifiableSortedSet(new TreeSet<>(abis));
        kept = List.copyOf(kept);
        rules = List.copyOf(rules);
        dropped = List.copyOf(dropped);
        unknownNames = Collections.unmodifiableSortedSet(new TreeSet<>(unknownNames));
        refusals = List.copyOf(refusals);
    }

    Profile toProfile() {
        Integer errno = host.engine().readsDefaultErrno() ? profile.defaultErrnoRet() : null;
        List<Rule> flat = kept.stream()
                .map(rule -> rule.withIncludes(Condition.NONE).withExcludes(Condition.NONE))
                .toList();
        return new Profile(
                profile.defaultAction(),
                errno,
                List.of(),
                architectures,
                profile.flags(),
                profile.listenerPath(),
                profile.listenerMetadata(),
                flat);
    }
}
