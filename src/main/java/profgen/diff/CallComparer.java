package profgen.diff;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import profgen.capability.Capability;
import profgen.capability.CapabilitySet;
import profgen.filter.Outcome;
import profgen.filter.Region;
import profgen.filter.Regions;
import profgen.syscall.Abi;

/** All that changes about one call, on every host and in every ABI; equal changes become one. */
final class CallComparer {
    private final String call;
    private final CapabilitySet conditions;
    private final Places places;
    private final Regions regions;
    private final List<View> views = new ArrayList<>();
    private final Map<Abi, Region> reachable = new EnumMap<>(Abi.class);

    /** @param conditions the capabilities that a side asks for */
    CallComparer(String call, CapabilitySet conditions, Places places, Regions regions) {
        this.places = places;
        this.call = call;
        this.conditions = conditions;
        this.regions = regions;
    }

    /** What both sides do with the call in one place. */
    private record View(Place place, int number, Map<Outcome, Region> before, Map<Outcome, Region> after) {
        boolean hasAny(Collection<Capability> capabilities) {
            CapabilitySet bounding = place.asked().host().bounding();
            return capabilities.stream().anyMatch(bounding::contains);
        }
    }

    /** A region that goes from one outcome to another. */
    private record Move(CallChange.Kind kind, Outcome before, Outcome after, Region region) {}

    void add(Ground ground, Abi abi, int number) {
        Map<Outcome, Region> before = ground.a().verdicts().regions(abi, number, regions);
        Map<Outcome, Region> after = ground.b().verdicts().regions(abi, number, regions);
        views.add(new View(new Place(ground.asked(), abi), number, before, after));
    }

    List<Change> changes() {
        Map<Move, List<View>> moves = new LinkedHashMap<>();
        for (View view : views) {
            if (!view.before().equals(view.after())) {
                moves(view)
                        .forEach(move -> moves.computeIfAbsent(move, key -> new ArrayList<>())
                                .add(view));
            }
        }
        List<Change> changes = new ArrayList<>();
        moves.forEach((move, seen) -> changes.add(change(move, seen)));
        return changes;
    }

    private List<Move> moves(View view) {
        List<Move> moves = new ArrayList<>();
        view.before()
                .forEach((before, from) -> view.after().forEach((after, to) -> {
                    Region region = before.equals(after) ? regions.none() : from.and(to);
                    if (!region.isEmpty()
                            && !reachable(view.place().abi(), region).isEmpty()) {
                        moves.add(new Move(kind(view, before, after), before, after, region));
                    }
                }));
        return moves;
    }

    private static CallChange.Kind kind(View view, Outcome before, Outcome after) {
        return switch (Direction.of(before, after)) {
            case OTHER -> CallChange.Kind.ANSWER;
            case LOOSENED -> isAnywhereAsOpen(view.before(), after) ? CallChange.Kind.WIDENED : CallChange.Kind.ALLOWED;
            case TIGHTENED ->
                isAnywhereAsOpen(view.after(), before) ? CallChange.Kind.NARROWED : CallChange.Kind.DENIED;
        };
    }

    private static boolean isAnywhereAsOpen(Map<Outcome, Region> parts, Outcome outcome) {
        return parts.keySet().stream().anyMatch(other -> Direction.openness(other) >= Direction.openness(outcome));
    }

    /** A program of bytes may ask for arguments that no call of the ABI can have. */
    private Region reachable(Abi abi, Region region) {
        if (region.isAll()) {
            return region;
        }
        return region.and(reachable.computeIfAbsent(abi, regions::reachable));
    }

    private Change change(Move move, List<View> seen) {
        Set<Capability> gate = gate(move, seen);
        View first = seen.stream()
                .min((x, y) -> {
                    int order = x.place().compareTo(y.place());
                    return order == 0 ? Integer.compare(x.number(), y.number()) : order;
                })
                .orElseThrow();
        Abi abi = first.place().abi();
        List<Place> where = seen.stream().map(View::place).toList();
        long[] arguments = reachable(abi, move.region()).witness().orElseThrow();
        return new CallChange(
                gate.isEmpty() ? move.kind() : gateKind(move),
                call,
                move.before(),
                move.after(),
                ArgumentText.of(call, move.region()),
                List.copyOf(gate),
                where,
                places.inWords(where, call),
                Witness.of(abi, first.number(), arguments));
    }

    private static CallChange.Kind gateKind(Move move) {
        return Direction.of(move.before(), move.after()) == Direction.LOOSENED
                ? CallChange.Kind.GATE_LIFTED
                : CallChange.Kind.GATE_ADDED;
    }

    /**
     * The capabilities with which both sides allow the region, if these are what the change depends on: it is seen wherever none of them
     * is, and only there.
     */
    private Set<Capability> gate(Move move, List<View> seen) {
        if (Direction.of(move.before(), move.after()) == Direction.OTHER) {
            return Set.of();
        }
        Outcome open =
                Direction.openness(move.after()) > Direction.openness(move.before()) ? move.after() : move.before();
        Set<Abi> abis = seen.stream().map(view -> view.place().abi()).collect(Collectors.toSet());
        Set<View> changed = new HashSet<>(seen);
        List<View> others = views.stream()
                .filter(view -> abis.contains(view.place().abi()) && !changed.contains(view))
                .toList();
        Set<Capability> gate = new TreeSet<>();
        for (Capability capability : conditions) {
            List<Capability> one = List.of(capability);
            List<View> having = others.stream().filter(view -> view.hasAny(one)).toList();
            if (!having.isEmpty()
                    && seen.stream().noneMatch(view -> view.hasAny(one))
                    && having.stream().allMatch(view -> isOpen(view, move.region(), open))) {
                gate.add(capability);
            }
        }
        return others.stream().allMatch(view -> view.hasAny(gate)) ? gate : Set.of();
    }

    /** Both sides are at least as open as {@code open} for all of the region. */
    private boolean isOpen(View view, Region region, Outcome open) {
        return isCovered(view.before(), region, open) && isCovered(view.after(), region, open);
    }

    private static boolean isCovered(Map<Outcome, Region> parts, Region region, Outcome open) {
        Region rest = region;
        for (Map.Entry<Outcome, Region> part : parts.entrySet()) {
            if (Direction.openness(part.getKey()) >= Direction.openness(open)) {
                rest = rest.minus(part.getValue());
            }
        }
        return rest.isEmpty();
    }
}
