package profgen.filter;

import java.util.Set;

/** Names in a profile that a container's runtime has to know: it refuses others. */
public final class RuntimeNames {
    private static final String ARCHITECTURE = "SCMP_ARCH_";
    private static final String FLAG = "SECCOMP_FILTER_FLAG_";

    /** libseccomp's. */
    private static final Set<String> ARCHITECTURES = Set.of(
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

    private static final Set<String> FLAGS = Set.of("TSYNC", "LOG", "SPEC_ALLOW", "WAIT_KILLABLE_RECV");

    private RuntimeNames() {}

    /** {@code SCMP_ARCH_X86_64}. */
    public static boolean isArchitecture(String name) {
        return name.startsWith(ARCHITECTURE) && ARCHITECTURES.contains(name.substring(ARCHITECTURE.length()));
    }

    /** {@code SECCOMP_FILTER_FLAG_LOG}. */
    public static boolean isFlag(String name) {
        return name.startsWith(FLAG) && FLAGS.contains(name.substring(FLAG.length()));
    }
}
