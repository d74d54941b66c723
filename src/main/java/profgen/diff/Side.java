package profgen.diff;

import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import profgen.capability.CapabilitySet;
import profgen.filter.Filter;
import profgen.filter.Host;
import profgen.filter.Outcome;
import profgen.filter.Regions;
import profgen.filter.Resolver;
import profgen.filter.Verdicts;
import profgen.profile.Action;
import profgen.profile.Condition;
import profgen.profile.Profile;
import profgen.syscall.Abi;
import profgen.syscall.Arch;
import profgen.syscall.KernelVersion;
import profgen.syscall.SyscallTable;

/** One of the two things that are compared: what decides about calls on a host. */
public sealed interface Side {
    /** As the user called it, a file name for example. */
    String name();

    OnHost on(Host host);

    /** The capabilities that its conditions ask for. */
    default CapabilitySet capabilities() {
        return CapabilitySet.NONE;
    }

    /** The kernels from which on conditions let rules apply. */
    default SortedSet<KernelVersion> kernels() {
        return Collections.emptySortedSet();
    }

    /** What says it, if it is a file. */
    default Optional<Profile> file() {
        return Optional.empty();
    }

    /** Above these numbers calls are answered ENOSYS on the host; an ABI of which that is not so is absent. */
    default Map<Abi, Integer> border(Host host) {
        return Map.of();
    }

    /** Names of calls in its rules, which is what it costs to resolve it once. */
    default long size() {
        return 0;
    }

    /**
     * A side on one host.
     *
     * @param abis those whose calls are decided one by one; a call of any other is killed
     * @param refusals why the engine would not load it; empty if it would
     */
    record OnHost(Verdicts verdicts, Set<Abi> abis, List<String> refusals) {
        public OnHost {
            abis = Set.copyOf(abis);
            refusals = List.copyOf(refusals);
        }
    }

    /** A profile, as the host's engine reads it. */
    record OfProfile(String name, Profile profile, Resolver resolver) implements Side {
        public OfProfile(String name, Profile profile) {
            this(name, profile, Resolver.of(profile));
        }

        @Override
        public OnHost on(Host host) {
            Filter filter = resolver.on(host);
            return new OnHost(filter, filter.isUnconfined() ? abisOf(host.arch()) : filter.abis(), filter.refusals());
        }

        @Override
        public CapabilitySet capabilities() {
            return CapabilitySet.of(conditions()
                    .flatMap(condition -> Gate.capabilities(condition).stream())
                    .collect(Collectors.toSet()));
        }

        @Override
        public SortedSet<KernelVersion> kernels() {
            return conditions()
                    .flatMap(condition -> Stream.ofNullable(condition.minKernel()))
                    .collect(Collectors.toCollection(TreeSet::new));
        }

        @Override
        public long size() {
            return profile.syscalls().stream()
                    .mapToLong(rule -> rule.names().size() + rule.args().size())
                    .sum();
        }

        @Override
        public Optional<Profile> file() {
            return Optional.of(profile);
        }

        @Override
        public Map<Abi, Integer> border(Host host) {
            Filter filter = resolver.on(host);
            Map<Abi, Integer> border = new EnumMap<>(Abi.class);
            filter.abis().forEach(abi -> filter.enosysAbove(abi).ifPresent(number -> border.put(abi, number)));
            return border;
        }

        private Stream<Condition> conditions() {
            return profile.syscalls().stream().flatMap(rule -> Stream.of(rule.includes(), rule.excludes()));
        }
    }

    /** Something that decides without regard to the host, such as the filters that a live process runs under. */
    record Fixed(String name, Verdicts verdicts) implements Side {
        @Override
        public OnHost on(Host host) {
            Set<Abi> open = EnumSet.noneOf(Abi.class);
            abisOf(host.arch()).stream().filter(this::isOpen).forEach(open::add);
            open.add(host.arch().nativeAbi());
            return new OnHost(verdicts, open, List.of());
        }

        /** A filter that does not know an ABI kills all of its calls. */
        private boolean isOpen(Abi abi) {
            return SyscallTable.of(abi).names().keySet().stream()
                    .anyMatch(number -> Regions.attempt(
                                    Regions.DEFAULT_BUDGET, regions -> verdicts.regions(abi, number, regions))
                            .map(parts -> !parts.keySet().stream().allMatch(Side::kills))
                            .orElse(true));
        }
    }

    private static boolean kills(Outcome outcome) {
        return outcome.action() == Action.KILL_THREAD || outcome.action() == Action.KILL_PROCESS;
    }

    private static Set<Abi> abisOf(Arch arch) {
        Set<Abi> abis = EnumSet.allOf(Abi.class);
        abis.removeIf(abi -> abi.arch() != arch);
        return abis;
    }
}
