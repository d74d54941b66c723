package profgen.diff;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import profgen.capability.Capability;
import profgen.capability.CapabilitySet;
import profgen.filter.Regions;
import profgen.filter.Undecided;
import profgen.syscall.Abi;
import profgen.syscall.SyscallTable;

/**
 * Two sides, on every host asked for, compared exactly: for each call every argument is covered, by computing with regions. Every number up to
 * one above the highest known is looked at; above that a profile says the same of all, and a program what it compares with.
 */
public final class Comparer {
    /** Names in rules times hosts: docker-default on all of its hosts takes 30 thousand. */
    private static final long MOST_WORK = 4_000_000;

    /** So often is the budget given out whole, each time in about a second: all of it for one call, or shared by many. */
    private static final int MOST_WORKSPACES = 8;

    private final Side a;
    private final Side b;
    private final List<Ground> grounds;
    private final Places places;
    private final CapabilitySet conditions;
    private final List<Change> changes = new ArrayList<>();
    private final List<Comparison.Undecided> undecided = new ArrayList<>();
    private final int wholeBudget;
    private Regions regions;
    private int budget;
    private int workspaces;

    private Comparer(Side a, Side b, List<Ground> grounds, int budget) {
        this.wholeBudget = budget;
        this.budget = budget;
        this.regions = new Regions(budget);
        this.a = a;
        this.b = b;
        this.grounds = grounds;
        this.places = new Places(grounds.stream().map(Ground::asked).toList());
        TreeSet<Capability> all = new TreeSet<>(a.capabilities().asSet());
        all.addAll(b.capabilities().asSet());
        this.conditions = CapabilitySet.of(all);
    }

    public static Comparison compare(Side a, Side b, List<Asked> hosts) {
        return compare(a, b, hosts, Regions.DEFAULT_BUDGET);
    }

    /** @param budget of work for the exact answer about one call */
    static Comparison compare(Side a, Side b, List<Asked> hosts, int budget) {
        if ((a.size() + b.size()) * hosts.size() > MOST_WORK || hosts.size() >= HostChoice.MOST_HOSTS) {
            String why =
                    "the rules are too many for " + hosts.size() + " hosts; ask for one with --cap-add or --cap-drop";
            return new Comparison(
                    a.name(),
                    b.name(),
                    List.of(),
                    List.of(),
                    List.of(new Comparison.Undecided("all calls", why)),
                    List.of());
        }
        List<Ground> grounds =
                hosts.stream().map(asked -> Ground.of(asked, a, b)).toList();
        return new Comparer(a, b, grounds, budget).compare();
    }

    private Comparison compare() {
        abis();
        calls().forEach(this::call);
        tooWide();
        return new Comparison(a.name(), b.name(), places.all(), changes, undecided, notes());
    }

    /** Name to its number in each ABI; {@link CallChange#UNNAMED} stands for the gaps and what is above the highest. */
    private SortedMap<String, Map<Abi, List<Integer>>> calls() {
        SortedMap<String, Map<Abi, List<Integer>>> calls = new TreeMap<>();
        TreeSet<Abi> abis = new TreeSet<>();
        grounds.forEach(ground -> abis.addAll(ground.common()));
        for (Abi abi : abis) {
            SyscallTable table = SyscallTable.of(abi);
            for (int number : numbers(abi, table.names().lastKey() + 1)) {
                calls.computeIfAbsent(table.name(number).orElse(CallChange.UNNAMED), name -> new EnumMap<>(Abi.class))
                        .computeIfAbsent(abi, key -> new ArrayList<>())
                        .add(number);
            }
        }
        return calls;
    }

    /** All up to {@code last}, and what a program may ask for above: an answer changes at a number that it compares with, or at the next. */
    private SortedSet<Integer> numbers(Abi abi, int last) {
        TreeSet<Integer> numbers = new TreeSet<>();
        IntStream.rangeClosed(0, last).forEach(numbers::add);
        for (Ground ground : grounds) {
            Stream.of(ground.a(), ground.b())
                    .flatMap(side -> side.verdicts().numbers(abi).stream())
                    .flatMap(number -> Stream.of(number, number + 1))
                    .filter(number -> number > last && number < Abi.X32_BIT)
                    .forEach(numbers::add);
        }
        return numbers;
    }

    private void call(String name, Map<Abi, List<Integer>> numbers) {
        try {
            changes.addAll(changes(name, numbers, regions));
        } catch (Undecided shared) {
            /* Other calls may have used the workspace up. */
            if (++workspaces > MOST_WORKSPACES) {
                budget = smaller(budget);
            }
            regions = new Regions(budget);
            try {
                changes.addAll(changes(name, numbers, regions));
            } catch (Undecided hard) {
                undecided.add(
                        new Comparison.Undecided(name, "its rules are too hard to compare: " + hard.getMessage()));
                budget = smaller(budget);
                regions = new Regions(budget);
            }
        }
    }

    private int smaller(int last) {
        return Math.max(last / 2, wholeBudget / 64);
    }

    private List<Change> changes(String name, Map<Abi, List<Integer>> numbers, Regions workspace) {
        CallComparer comparer = new CallComparer(name, conditions, places, workspace);
        for (Ground ground : grounds) {
            for (Abi abi : ground.asked().isFor(name) ? ground.common() : Set.<Abi>of()) {
                numbers.getOrDefault(abi, List.of()).forEach(number -> comparer.add(ground, abi, number));
            }
        }
        return comparer.changes();
    }

    private void abis() {
        try {
            changes.addAll(new AbiComparer(places).changes(grounds));
        } catch (Undecided hard) {
            undecided.add(new Comparison.Undecided("ABIs", "the rules are too hard to compare: " + hard.getMessage()));
        }
    }

    /** A file that an engine refuses has no meaning there: what is compared is what its rules say. */
    private List<String> notes() {
        SortedSet<String> notes = new TreeSet<>();
        for (Ground ground : grounds) {
            String engine = ground.asked().host().engine().toString();
            ground.a().refusals().forEach(why -> notes.add(a.name() + ": " + engine + " refuses it: " + why));
            ground.b().refusals().forEach(why -> notes.add(b.name() + ": " + engine + " refuses it: " + why));
        }
        return List.copyOf(notes);
    }

    /** Where one set of capabilities is asked about, it is compared whole. */
    private void tooWide() {
        long sets = grounds.stream()
                .map(ground -> ground.asked().host().bounding())
                .distinct()
                .count();
        if (sets > 1) {
            String why = "the rules ask for so many capabilities that not all combinations were compared;"
                    + " ask for one set with --cap-add, --cap-drop or --caps";
            new Conditions(a, b).tooWide().forEach(call -> undecided.add(new Comparison.Undecided(call, why)));
        }
    }
}
