package profgen.filter;

import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import profgen.profile.Condition;
import profgen.profile.Profile;
import profgen.profile.Rule;
import profgen.syscall.Abi;

/**
 * What an engine makes of a profile on a host.
 *
 * @param architectures SCMP_ARCH_* that the runtime is told; empty means native
 * @param kept the places of the profile's rules that passed their conditions
 * @param enforced those of them that do not say the same as the default
 */
record Resolved(
        Profile profile,
        Host host,
        RuleIndex index,
        List<String> architectures,
        SortedSet<Abi> abis,
        Outcome defaultOutcome,
        BitSet kept,
        BitSet enforced,
        List<DroppedRule> dropped) {
    Resolved {
        architectures = List.copyOf(architectures);
        abis = Collections.unmodifiableSortedSet(new TreeSet<>(abis));
        kept = (BitSet) kept.clone();
        enforced = (BitSet) enforced.clone();
        dropped = List.copyOf(dropped);
    }

    private List<Rule> keptRules() {
        return kept.stream().mapToObj(profile.syscalls()::get).toList();
    }

    List<FilterRule> rules() {
        return enforced.stream().mapToObj(index::rules).flatMap(List::stream).toList();
    }

    List<Clause> clauses(Abi abi, int number) {
        return abis.contains(abi) ? index.clauses(abi, number, enforced) : List.of();
    }

    SortedSet<Integer> numbers(Abi abi) {
        if (!abis.contains(abi)) {
            return Collections.emptySortedSet();
        }
        SortedSet<Integer> numbers = new TreeSet<>(index.clauses(abi).keySet());
        numbers.removeIf(number -> clauses(abi, number).isEmpty());
        return numbers;
    }

    Set<String> unknownNames() {
        return enforced.stream()
                .mapToObj(index::unknownNames)
                .flatMap(List::stream)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The highest number that a kept rule names; 0 if none. */
    int highest(Abi abi) {
        return kept.stream().map(place -> index.highest(abi, place)).max().orElse(0);
    }

    List<String> refusals() {
        return Refusals.of(this, keptRules());
    }

    Profile toProfile() {
        Integer errno = host.engine().readsDefaultErrno() ? profile.defaultErrnoRet() : null;
        List<Rule> flat = keptRules().stream()
                .filter(rule -> !rule.names().isEmpty())
                .map(rule -> rule.withIncludes(Condition.NONE)
                        .withExcludes(Condition.NONE)
                        .withComment("")
                        .withoutErrnoName())
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
