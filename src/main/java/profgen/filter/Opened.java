package profgen.filter;

import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import profgen.capability.Capability;
import profgen.profile.Profile;
import profgen.syscall.Abi;
import profgen.syscall.SyscallTable;

/** What a capability means to a profile, apart from what it means to the kernel. */
public final class Opened {
    private Opened() {}

    /** The calls of the host's own ABI that are answered otherwise when the bounding set has the capability than when it has not. */
    public static SortedSet<String> by(Capability capability, Profile profile, Host host) {
        Filter without =
                Resolver.resolve(profile, host.withBounding(host.bounding().without(capability)));
        Filter with =
                Resolver.resolve(profile, host.withBounding(host.bounding().with(capability)));
        Abi abi = host.arch().nativeAbi();
        Set<Integer> numbers = new TreeSet<>(without.numbers(abi));
        numbers.addAll(with.numbers(abi));
        Regions regions = new Regions();
        TreeSet<String> names = new TreeSet<>();
        for (int number : numbers) {
            Map<Outcome, Region> before = without.regions(abi, number, regions);
            if (!before.equals(with.regions(abi, number, regions))) {
                SyscallTable.of(abi).name(number).ifPresent(names::add);
            }
        }
        return names;
    }
}
