package profgen.render;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import profgen.filter.Filter;
import profgen.filter.Outcome;
import profgen.filter.Region;
import profgen.filter.Regions;
import profgen.filter.Undecided;
import profgen.syscall.Abi;
import profgen.syscall.SyscallTable;

/** Whether a rendering, as its consumer reads it, decides every call as the policy: exact for all arguments, and also for numbers without a name. */
final class Sameness {
    private static final int SHOWN = 12;
    /** Of a name, which a file chooses. */
    private static final int LONGEST = 60;

    private static final int LEAST_BUDGET = Regions.DEFAULT_BUDGET / 64;

    private final Filter policy;
    private final Filter rendered;
    private final Map<Difference, Set<String>> calls = new LinkedHashMap<>();

    /** Of work for all calls together, some ten seconds; a call gets at least the least. */
    private long left = 8L * Regions.DEFAULT_BUDGET;

    private record Difference(Remark.Kind kind, Abi abi, String text) {}

    private Sameness(Filter policy, Filter rendered) {
        this.policy = policy;
        this.rendered = rendered;
    }

    /** Empty when both mean the same. */
    static List<Remark> remarks(Filter policy, Filter rendered) {
        Sameness sameness = new Sameness(policy, rendered);
        Set<Abi> abis = new TreeSet<>(policy.abis());
        abis.addAll(rendered.abis());
        abis.forEach(sameness::compare);
        return sameness.remarks();
    }

    private void compare(Abi abi) {
        SyscallTable table = SyscallTable.of(abi);
        int last = table.names().lastKey() + 1;
        for (int number = 0; number <= last; number++) {
            String call = table.name(number).orElse("numbers without a name");
            try {
                compare(abi, number, call);
            } catch (Undecided undecided) {
                note(Remark.Kind.UNDECIDED, abi, "the rules are too hard for an exact answer", call);
            }
        }
    }

    private void compare(Abi abi, int number, String call) {
        boolean byRule =
                policy.numbers(abi).contains(number) || rendered.numbers(abi).contains(number);
        if (!byRule && policy.outcome(abi, number).equals(rendered.outcome(abi, number))) {
            return;
        }
        Regions regions = new Regions((int) Math.max(Math.min(left, Regions.DEFAULT_BUDGET), LEAST_BUDGET));
        try {
            compare(abi, number, call, regions);
        } finally {
            left -= regions.work();
        }
    }

    private void compare(Abi abi, int number, String call, Regions regions) {
        Map<Outcome, Region> wanted = policy.regions(abi, number, regions);
        Map<Outcome, Region> got = rendered.regions(abi, number, regions);
        if (wanted.equals(got)) {
            return;
        }
        Region allowed = regions.allowed(wanted);
        Region allowedNow = regions.allowed(got);
        Remark.Kind kind = !allowedNow.minus(allowed).isEmpty()
                ? Remark.Kind.WIDER
                : allowed.equals(allowedNow) ? Remark.Kind.OTHER_ANSWER : Remark.Kind.STRICTER;
        note(kind, abi, words(got) + " instead of " + words(wanted), call);
    }

    private void note(Remark.Kind kind, Abi abi, String text, String call) {
        calls.computeIfAbsent(new Difference(kind, abi, text), key -> new TreeSet<>())
                .add(call);
    }

    private static String words(Map<Outcome, Region> parts) {
        return parts.keySet().stream().sorted().map(Outcome::inWords).collect(Collectors.joining(" or "))
                + (parts.size() > 1 ? " by argument" : "");
    }

    private List<Remark> remarks() {
        List<Remark> remarks = new ArrayList<>();
        calls.forEach((difference, names) -> remarks.add(new Remark(
                difference.kind(), difference.abi().label() + ": " + difference.text() + ": " + some(names))));
        return remarks;
    }

    /** The first of them, and how many more there are. */
    static String some(Set<String> names) {
        String shown = names.stream()
                .limit(SHOWN)
                .map(name -> name.length() > LONGEST ? name.substring(0, LONGEST) + "..." : name)
                .collect(Collectors.joining(", "));
        return names.size() > SHOWN ? shown + " and " + (names.size() - SHOWN) + " more" : shown;
    }
}
