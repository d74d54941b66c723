package profgen.filter;

import java.util.List;
import java.util.Set;
import profgen.HostException;
import profgen.Requires;
import profgen.capability.CapabilitySet;
import profgen.profile.Action;
import profgen.profile.Profile;
import profgen.profile.Rule;
import profgen.syscall.Abi;
import profgen.syscall.Arch;
import profgen.syscall.SyscallTable;

/** The libseccomp of this machine, and which calls it knows as profgen's tables know them. */
final class LibraryOfTests {
    private LibraryOfTests() {}

    static Libseccomp installed() {
        try {
            return Libseccomp.installed();
        } catch (HostException missing) {
            Requires.that(false, "libseccomp.so.2: " + missing.getMessage());
            throw missing;
        }
    }

    /** Names with the same number in the library's table of every ABI of {@code arch}: an older library lacks the newest calls. */
    static List<String> names(Libseccomp libseccomp, Arch arch) {
        List<String> all = List.copyOf(SyscallTable.of(arch.nativeAbi()).names().values());
        Profile profile = new Profile(
                Action.ERRNO,
                null,
                List.of(),
                List.of("SCMP_ARCH_X86", "SCMP_ARCH_X32"),
                null,
                null,
                null,
                List.of(Rule.allow(all, "")));
        Filter filter = Resolver.resolve(
                profile,
                new Host(arch, Host.docker(arch).kernel(), Engine.parse("crun").orElseThrow(), CapabilitySet.NONE));
        Compiled.Program made = (Compiled.Program) libseccomp.compile(filter);
        Set<Abi> abis = filter.abis();
        return all.stream()
                .filter(name -> abis.stream().allMatch(abi -> known(made.program(), abi, name)))
                .toList();
    }

    private static boolean known(BpfProgram program, Abi abi, String name) {
        return SyscallTable.of(abi).number(name).stream()
                .allMatch(number -> program.outcome(abi, number).allows());
    }
}
