package profgen.diff;

import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import profgen.filter.Multiplexed;
import profgen.profile.Profile;
import profgen.profile.Rule;
import profgen.syscall.SyscallTable;

/** Which capabilities and kernels have to be looked at together, so that no difference between two sides is missed. */
final class Conditions {
    /** Stands for the calls that no rule with a condition is about. */
    private static final String OTHERS = "all calls";

    private final List<Profile> profiles;
    private final List<Border> borders;
    private final boolean sameOtherwise;
    private final Gate border = new Gate();
    private final SortedMap<String, Gate> gates = new TreeMap<>();
    private final SortedSet<String> tooWide = new TreeSet<>();

    Conditions(Side a, Side b) {
        profiles = Stream.of(a, b).flatMap(side -> side.file().stream()).toList();
        borders = profiles.stream().map(Border::of).toList();
        sameOtherwise = profiles.size() == 2
                && borders.get(0).equals(borders.get(1))
                && answers(profiles.get(0)).equals(answers(profiles.get(1)));
        borders.forEach(one -> one.rising().forEach(rule -> border.add(rule.includes(), rule.excludes())));
        for (Profile profile : profiles) {
            for (Rule rule : profile.syscalls()) {
                if (Gate.asks(rule)) {
                    reached(rule)
                            .forEach(call -> gates.computeIfAbsent(call, key -> new Gate())
                                    .add(rule.includes(), rule.excludes()));
                }
            }
        }
        gates.replaceAll(this::withBorder);
    }

    /** Its own conditions, and where the border matters to it those that move it. */
    private Gate withBorder(String call, Gate own) {
        if (isSame(call)) {
            return own;
        }
        Gate both = borders.stream().anyMatch(one -> one.canPass(call)) ? own.with(border) : own;
        if (both.isTooWide()) {
            tooWide.add(call);
        }
        return both.isTooWide() ? own : both;
    }

    /** Of every call of which a rule of either side has a condition on capabilities or kernels. */
    SortedMap<String, Gate> gates() {
        return gates;
    }

    /** Of the calls that no rule names: what moves the border above which they are answered ENOSYS. */
    Gate border() {
        return border;
    }

    /** Those of which not all combinations can be compared, though the sides are not the same there. */
    SortedSet<String> tooWide() {
        SortedSet<String> calls = new TreeSet<>(tooWide);
        if (border.isTooWide() && !borders.stream().allMatch(borders.get(0)::equals)) {
            calls.add(OTHERS);
        }
        return calls;
    }

    /** Both sides have the same rules for it, and the same answer without one. */
    private boolean isSame(String call) {
        return sameOtherwise && about(profiles.get(0), call).equals(about(profiles.get(1), call));
    }

    private static List<?> answers(Profile profile) {
        return List.of(
                Stream.ofNullable(profile.defaultAction()).toList(),
                Stream.ofNullable(profile.defaultErrnoRet()).toList(),
                profile.defaultErrno(),
                profile.isUnconfined());
    }

    private static List<Rule> about(Profile profile, String call) {
        return profile.syscalls().stream()
                .map(rule -> rule.withComment("")
                        .withNames(rule.names().stream()
                                .filter(name -> reached(name).anyMatch(call::equals))
                                .sorted()
                                .distinct()
                                .toList()))
                .filter(rule -> !rule.names().isEmpty())
                .toList();
    }

    private static Stream<String> reached(Rule rule) {
        return rule.names().stream().flatMap(Conditions::reached).distinct();
    }

    /** A name's calls: on i386 one that carries it, too. */
    private static Stream<String> reached(String name) {
        return Stream.concat(Stream.of(name).filter(SyscallTable::isKnown), Multiplexed.carrier(name).stream());
    }
}
