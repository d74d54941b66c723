package profgen.filter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
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
public final class LibraryOfTests {
    private static final Path SCRIPT = Path.of("src", "main", "scripts", "debian-package");

    private static final Map<List<Object>, Set<String>> NAMES = new ConcurrentHashMap<>();

    private LibraryOfTests() {}

    public static Libseccomp installed() {
        try {
            return Libseccomp.installed();
        } catch (HostException missing) {
            Requires.that(false, "libseccomp.so.2: " + missing.getMessage());
            throw missing;
        }
    }

    /** libseccomp 2.6 of Debian 13, unpacked into target: it knows LoongArch, and works on this machine whatever it has installed. */
    public static synchronized Libseccomp newer() throws IOException, InterruptedException {
        Requires.that(System.getProperty("os.arch").equals("amd64"), "an x86_64 machine");
        Requires.command("apt-get");
        Path folder = Path.of("target", "libseccomp");
        Path library =
                folder.resolve("root/usr/lib/x86_64-linux-gnu/libseccomp.so.2").toAbsolutePath();
        if (!Files.exists(library)) {
            Process script = new ProcessBuilder(SCRIPT.toString(), folder.toString(), "libseccomp2", "trixie")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            boolean done = script.waitFor(120, TimeUnit.SECONDS) && script.exitValue() == 0;
            script.destroyForcibly();
            Requires.that(done, "libseccomp2 of Debian's trixie from the machine's package mirror");
        }
        return Libseccomp.at(library.toString());
    }

    /** Names with the same number in the library's table of every ABI of {@code arch}: an older library lacks the newest calls. */
    public static Set<String> names(Libseccomp libseccomp, Arch arch) {
        return NAMES.computeIfAbsent(List.of(libseccomp.version(), arch), key -> known(libseccomp, arch));
    }

    private static Set<String> known(Libseccomp libseccomp, Arch arch) {
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
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean known(BpfProgram program, Abi abi, String name) {
        return SyscallTable.of(abi).number(name).stream()
                .allMatch(number -> program.outcome(abi, number).allows());
    }
}
