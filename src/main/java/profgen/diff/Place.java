package profgen.diff;

import java.util.Comparator;
import profgen.syscall.Abi;

/** An ABI on a host: where a change is seen. */
public record Place(Asked asked, Abi abi) implements Comparable<Place> {
    private static final Comparator<Place> ORDER =
            Comparator.comparing(Place::abi).thenComparing(Place::asked);

    @Override
    public int compareTo(Place other) {
        return ORDER.compare(this, other);
    }
}
