package profgen.diff;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import profgen.filter.Region;
import profgen.filter.Regions;
import profgen.filter.Verdicts;
import profgen.syscall.Abi;
import profgen.syscall.SyscallTable;

/** ABIs that one side opens and the other kills, as one change each: call by call they would bury all else. */
final class AbiComparer {
    private final Places places;
    private final Regions regions = new Regions();

    AbiComparer(Places places) {
        this.places = places;
    }

    List<Change> changes(List<Ground> grounds) {
        Map<AbiChange, List<Place>> found = new TreeMap<>();
        for (Ground ground : grounds) {
            for (Abi abi : ground.asked().isForAll() ? ground.onlyInOne() : Set.<Abi>of()) {
                change(ground, abi)
                        .ifPresent(change -> found.computeIfAbsent(change, key -> new ArrayList<>())
                                .add(new Place(ground.asked(), abi)));
            }
        }
        List<Change> changes = new ArrayList<>();
        found.forEach((change, seen) -> changes.add(new AbiChange(
                change.abi(), change.opened(), change.allowed(), seen, places.inWords(seen, ""), change.callSeen())));
        return changes;
    }

    /** Without its place. */
    private Optional<AbiChange> change(Ground ground, Abi abi) {
        boolean opened = ground.b().abis().contains(abi);
        Verdicts open = (opened ? ground.b() : ground.a()).verdicts();
        Verdicts closed = (opened ? ground.a() : ground.b()).verdicts();
        int allowed = 0;
        @Nullable Witness witness = null;
        for (int number : SyscallTable.of(abi).names().keySet()) {
            Region region = regions.allowed(open.regions(abi, number, regions));
            if (!region.isEmpty()) {
                allowed++;
            }
            if (allowed == 1 && !region.isEmpty()) {
                witness = Witness.of(abi, number, region.witness().orElseThrow());
            } else if (witness == null && !open.outcome(abi, number).equals(closed.outcome(abi, number))) {
                witness = Witness.of(abi, number, new long[6]);
            }
        }
        return witness == null
                ? Optional.empty()
                : Optional.of(new AbiChange(abi, opened, allowed, List.of(), List.of(), witness));
    }
}
