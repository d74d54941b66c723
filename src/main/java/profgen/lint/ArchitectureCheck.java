package profgen.lint;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import profgen.profile.Profile;
import profgen.syscall.Abi;
import profgen.syscall.Arch;

/** {@code architectures} and {@code archMap}. */
final class ArchitectureCheck implements Check {
    /** libseccomp's names. */
    private static final Set<String> KNOWN = Set.of(
            "AARCH64",
            "ARM",
            "LOONGARCH64",
            "M68K",
            "MIPS",
            "MIPS64",
            "MIPS64N32",
            "MIPSEL",
            "MIPSEL64",
            "MIPSEL64N32",
            "NATIVE",
            "PARISC",
            "PARISC64",
            "PPC",
            "PPC64",
            "PPC64LE",
            "RISCV64",
            "S390",
            "S390X",
            "SH",
            "SHEB",
            "X32",
            "X86",
            "X86_64");

    private static final String PREFIX = "SCMP_ARCH_";

    @Override
    public void examine(Subject subject, Scope scope, Consumer<Finding> findings) {
        Profile profile = subject.profile();
        List<String> architectures = profile.architectures();
        for (int i = 0; i < architectures.size(); i++) {
            String path = "architectures[" + i + "]";
            known(architectures.get(i), path, findings);
            if (architectures.get(i).equals(Arch.LOONGARCH64.scmpName())) {
                findings.accept(Finding.of(LintRule.LOONG_ARCHITECTURES, path, Arch.LOONGARCH64.scmpName()));
            }
            subAbi(architectures.get(i), path, scope, findings);
        }
        for (int i = 0; i < profile.archMap().size(); i++) {
            entry(profile.archMap().get(i), "archMap[" + i + "]", scope, findings);
        }
    }

    private static void entry(Profile.ArchMapEntry entry, String path, Scope scope, Consumer<Finding> findings) {
        known(entry.architecture(), path + ".architecture", findings);
        for (int i = 0; i < entry.subArchitectures().size(); i++) {
            String at = path + ".subArchitectures[" + i + "]";
            known(entry.subArchitectures().get(i), at, findings);
            if (entry.architecture().equals(Arch.X86_64.scmpName())) {
                subAbi(entry.subArchitectures().get(i), at, scope, findings);
            }
        }
    }

    private static void known(String name, String path, Consumer<Finding> findings) {
        if (!name.startsWith(PREFIX) || !KNOWN.contains(name.substring(PREFIX.length()))) {
            findings.accept(Finding.of(
                    LintRule.UNKNOWN_ARCHITECTURE,
                    path,
                    Finding.shown(name) + ": expected a name as SCMP_ARCH_X86_64"));
        }
    }

    private static void subAbi(String name, String path, Scope scope, Consumer<Finding> findings) {
        List<Abi> opened = new ArrayList<>(List.of(Abi.values()));
        opened.removeIf(abi -> abi.isNative()
                || !abi.scmpName().equals(name)
                || !scope.arches().contains(abi.arch()));
        for (Abi abi : opened) {
            findings.accept(Finding.of(
                    LintRule.SUB_ABI, path, name + " opens the ABI " + abi.label() + " beside the native one"));
        }
    }
}
