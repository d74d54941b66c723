package profgen.generate;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import profgen.capability.Capability;
import profgen.capability.CapabilitySet;
import profgen.recording.Call;
import profgen.recording.CapabilityUse;
import profgen.recording.Extent;
import profgen.recording.Phase;
import profgen.recording.Recording;
import profgen.recording.Run;
import profgen.syscall.Abi;
import profgen.syscall.Arch;
import profgen.syscall.SyscallTable;

/** All that the runs of a recording say about the calls of one name. */
record Evidence(String name, List<Sighting> sightings) {
    /** EPERM, which the kernel and a gate's filter answer alike; the same number on every architecture here. */
    private static final int EPERM = 1;

    Evidence {
        sightings = List.copyOf(sightings);
    }

    /** One executable's calls in one run. */
    record Sighting(Run run, Call call, Abi abi) {}

    /** By name; calls whose number has no name are not here. */
    static SortedMap<String, Evidence> of(Recording recording) {
        SortedMap<String, List<Sighting>> byName = new TreeMap<>();
        for (Run run : recording.runs()) {
            for (Call call : run.calls()) {
                call.id()
                        .knownAbi()
                        .ifPresent(abi -> SyscallTable.of(abi)
                                .name(call.id().number())
                                .ifPresent(name -> byName.computeIfAbsent(name, key -> new ArrayList<>())
                                        .add(new Sighting(run, call, abi))));
            }
        }
        SortedMap<String, Evidence> evidence = new TreeMap<>();
        byName.forEach((name, sightings) -> evidence.put(name, new Evidence(name, sightings)));
        return evidence;
    }

    SortedSet<Arch> arches() {
        SortedSet<Arch> arches = new TreeSet<>();
        sightings.forEach(sighting -> arches.add(sighting.abi().arch()));
        return arches;
    }

    /** The only phase in which it was made; empty if there are several, a run that is not divided has it too, or not each use is known. */
    Optional<Phase> onlyPhase() {
        SortedSet<Phase> phases = new TreeSet<>();
        for (Sighting sighting : sightings) {
            if (sighting.call().phases().isEmpty() || sighting.call().extent() != Extent.EXACT) {
                return Optional.empty();
            }
            phases.addAll(sighting.call().phases());
        }
        return phases.size() == 1 ? Optional.of(phases.first()) : Optional.empty();
    }

    boolean isSeenIn(Phase phase) {
        return sightings.stream().anyMatch(sighting -> sighting.call().phases().contains(phase));
    }

    boolean isNative() {
        return sightings.stream().anyMatch(sighting -> sighting.abi().isNative());
    }

    /** The distinct values of one argument; empty if the recorder did not keep all of them. */
    Optional<SortedSet<Long>> values(int index) {
        SortedSet<Long> values = new TreeSet<>(Long::compareUnsigned);
        for (Sighting sighting : sightings) {
            Call.Arguments arguments = sighting.call().arguments();
            int position = arguments == null ? -1 : arguments.indexes().indexOf(index);
            if (arguments == null || position < 0 || arguments.many()) {
                return Optional.empty();
            }
            arguments.tuples().forEach(tuple -> values.add(tuple.get(position)));
        }
        return Optional.of(values);
    }

    /** A call gave no error in a run that had none of these sets, any one of which opens the gate. */
    boolean succeededWithout(Collection<CapabilitySet> alternatives) {
        return sightings.stream().anyMatch(sighting -> {
            OptionalLong successes = sighting.call().successes();
            return successes.isPresent()
                    && successes.getAsLong() > 0
                    && alternatives.stream().noneMatch(set -> mayUse(sighting, set));
        });
    }

    /** The run had all of {@code set} in its bounding set; an engine's gate looks at nothing else. */
    boolean opened(CapabilitySet set) {
        return sightings.stream().anyMatch(sighting -> {
            Run.StartState start = sighting.run().start();
            return start != null && start.bounding().containsAll(set);
        });
    }

    /** Every call was answered with EPERM: with a closed gate nothing changes for the workload. */
    boolean alwaysRefused() {
        return sightings.stream().allMatch(sighting -> {
            Call call = sighting.call();
            OptionalLong successes = call.successes();
            return call.extent() == Extent.EXACT
                    && successes.isPresent()
                    && successes.getAsLong() == 0
                    && call.errnos() != null
                    && call.errnos().keySet().stream().allMatch(errno -> errno == EPERM);
        });
    }

    /** Where the recorder saw what the kernel asked for, only that counts. */
    private static boolean mayUse(Sighting sighting, CapabilitySet set) {
        Run run = sighting.run();
        boolean saw = run.sawAllCapabilities() && sighting.call().extent() == Extent.EXACT;
        List<CapabilityUse> uses = saw ? run.capabilityUses() : null;
        return uses == null
                ? mayHold(run, set)
                : uses.stream()
                        .anyMatch(use -> use.granted()
                                && set.contains(use.capability())
                                && use.call().equals(sighting.call().id())
                                && use.executable().equals(sighting.call().executable()));
    }

    /** Doubt counts as yes: root's programs can use what the bounding set leaves them, others what they started with. */
    private static boolean mayHold(Run run, CapabilitySet set) {
        Run.StartState start = run.start();
        if (start == null) {
            return true;
        }
        for (Capability capability : set) {
            boolean reachable = start.uid() == 0
                    || start.permitted().contains(capability)
                    || start.inheritable().contains(capability)
                    || start.ambient().contains(capability);
            if (!start.bounding().contains(capability) || !reachable) {
                return false;
            }
        }
        return true;
    }
}
