package profgen.generate;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import profgen.profile.Profile;
import profgen.syscall.Abi;
import profgen.syscall.Arch;
import profgen.syscall.KernelVersion;
import profgen.syscall.SyscallTable;

/**
 * What a profile is for.
 *
 * @param abis the native ones of the architectures, and the foreign ones that were recorded
 * @param kernel null: any
 */
record Target(
        SortedSet<Arch> arches, Set<Abi> abis, @Nullable KernelVersion kernel) {
    Target {
        arches = Collections.unmodifiableSortedSet(new TreeSet<>(arches));
        abis = Collections.unmodifiableSet(EnumSet.copyOf(abis));
    }

    static Target of(SortedSet<Arch> arches, Collection<Abi> recorded, @Nullable KernelVersion kernel) {
        Set<Abi> abis = EnumSet.noneOf(Abi.class);
        arches.forEach(arch -> abis.add(arch.nativeAbi()));
        recorded.stream().filter(abi -> arches.contains(abi.arch())).forEach(abis::add);
        return new Target(arches, abis, kernel);
    }

    /** Some ABI that the profile opens on {@code arch} has the name. */
    boolean has(Arch arch, String name) {
        return abis.stream()
                .anyMatch(abi ->
                        abi.arch() == arch && SyscallTable.of(abi).number(name).isPresent());
    }

    SortedSet<Arch> having(String name) {
        SortedSet<Arch> having = new TreeSet<>(arches);
        having.removeIf(arch -> !has(arch, name));
        return having;
    }

    /** What {@code includes.arches} has to say if a name is needed on these architectures; empty if it needs to say nothing. */
    List<String> onlyOn(String name, SortedSet<Arch> needed) {
        return needed.containsAll(having(name))
                ? List.of()
                : needed.stream()
                        .flatMap(arch -> arch.conditionNames().stream())
                        .toList();
    }

    /** An entry is used only on its own architecture; naming an ABI in it opens every allowed name there too. */
    List<Profile.ArchMapEntry> archMap() {
        return arches.stream()
                .map(arch -> new Profile.ArchMapEntry(
                        arch.scmpName(),
                        foreign()
                                .filter(abi -> abi.arch() == arch)
                                .map(Abi::scmpName)
                                .toList()))
                .toList();
    }

    Stream<Abi> foreign() {
        return abis.stream().filter(abi -> !abi.isNative());
    }
}
