package profgen.lint;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import profgen.filter.RuntimeNames;
import profgen.profile.Profile;
import profgen.syscall.Abi;
import profgen.syscall.Arch;

/** {@code architectures} and {@code archMap}. */
final class ArchitectureCheck implements Check {
    @Override
    public void examine(Subject subject, Scope scope, Consumer<Finding> findings) {
        Profile profile = subject.profile();
        List<String> architectures = profile.architectures();
        for (int i = 0; i < architectures.size(); i++) {
            String path = "architectures[" + i + "]";
            known(architectures.get(i), path, scope, findings);
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
        known(entry.architecture(), path + ".architecture", scope, findings);
        for (int i = 0; i < entry.subArchitectures().size(); i++) {
            String at = path + ".subArchitectures[" + i + "]";
            known(entry.subArchitectures().get(i), at, scope, findings);
            if (entry.architecture().equals(Arch.X86_64.scmpName())) {
                subAbi(entry.subArchitectures().get(i), at, scope, findings);
            }
        }
    }

    private static void known(String name, String path, Scope scope, Consumer<Finding> findings) {
        if (scope.has(kind -> !RuntimeNames.isArchitecture(name, kind.usesRunc()))) {
            String who = RuntimeNames.isArchitecture(name, false) ? "unknown to runc, " : "";
            findings.accept(Finding.of(
                    LintRule.UNKNOWN_ARCHITECTURE,
                    path,
                    Finding.shown(name) + ": " + who + "expected a name as SCMP_ARCH_X86_64"));
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
