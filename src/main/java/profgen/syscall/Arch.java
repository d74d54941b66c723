package profgen.syscall;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** An architecture that profgen records on and writes profiles for; a third one is one line here, one table, one C header. */
public enum Arch {
    X86_64("x86_64", "SCMP_ARCH_X86_64", List.of("amd64"), 0xC000003E),
    /** Docker compares conditions with {@code loongarch64}, Podman and CRI-O with {@code loong64}: rules name both. */
    LOONGARCH64("loongarch64", "SCMP_ARCH_LOONGARCH64", List.of("loongarch64", "loong64"), 0xC0000102);

    private final String unameMachine;
    private final String scmpName;

    @SuppressWarnings("ImmutableEnumChecker") // always made by List.of
    private final List<String> conditionNames;

    private final int auditArch;

    Arch(String unameMachine, String scmpName, List<String> conditionNames, int auditArch) {
        this.unameMachine = unameMachine;
        this.scmpName = scmpName;
        this.conditionNames = conditionNames;
        this.auditArch = auditArch;
    }

    /** As {@code uname -m} prints it; also profgen's own name in options and files. */
    public String unameMachine() {
        return unameMachine;
    }

    /** As in a profile's {@code architectures} and {@code archMap}. */
    public String scmpName() {
        return scmpName;
    }

    /** How engines spell it in {@code includes.arches}/{@code excludes.arches}; a rule must carry all of them. */
    public List<String> conditionNames() {
        return conditionNames;
    }

    /** AUDIT_ARCH_*, as {@code seccomp_data.arch} and PTRACE_GET_SYSCALL_INFO give it. */
    public int auditArch() {
        return auditArch;
    }

    /** The ABI whose calls a native program of this architecture makes. */
    public Abi nativeAbi() {
        return this == X86_64 ? Abi.X86_64 : Abi.LOONGARCH64;
    }

    /** By any of its usual spellings, e.g. {@code amd64}, {@code x86_64}, {@code SCMP_ARCH_LOONGARCH64}, {@code loong64}. */
    public static Optional<Arch> byName(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(arch -> arch.unameMachine.equals(lower)
                        || arch.scmpName.equalsIgnoreCase(name)
                        || arch.conditionNames.contains(lower))
                .findFirst();
    }
}
