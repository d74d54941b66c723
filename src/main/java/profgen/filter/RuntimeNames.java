package profgen.filter;

import java.util.Set;

/** Names in a profile that a container's runtime has to know: it refuses others. runc has a list of its own, crun takes libseccomp's. */
public final class RuntimeNames {
    private static final String ARCHITECTURE = "SCMP_ARCH_";
    private static final String FLAG = "SECCOMP_FILTER_FLAG_";

    private static final Set<String> ARCHITECTURES = Set.of(
            "AARCH64",
            "ARM",
            "LOONGARCH64",
            "MIPS",
            "MIPS64",
            "MIPS64N32",
            "MIPSEL",
            "MIPSEL64",
            "MIPSEL64N32",
            "PPC",
            "PPC64",
            "PPC64LE",
            "RISCV64",
            "S390",
            "S390X",
            "X32",
            "X86",
            "X86_64");

    private static final Set<String> FOR_CRUN_ONLY = Set.of("M68K", "PARISC", "PARISC64", "SH", "SHEB");

    private static final Set<String> FLAGS = Set.of("TSYNC", "LOG", "SPEC_ALLOW");

    private static final Set<String> FLAGS_FOR_CRUN_ONLY = Set.of("WAIT_KILLABLE_RECV");

    private RuntimeNames() {}

    /** {@code SCMP_ARCH_X86_64}. */
    public static boolean isArchitecture(String name, boolean usesRunc) {
        return isOne(name, ARCHITECTURE, ARCHITECTURES) || (!usesRunc && isOne(name, ARCHITECTURE, FOR_CRUN_ONLY));
    }

    /** {@code SECCOMP_FILTER_FLAG_LOG}. */
    public static boolean isFlag(String name, boolean usesRunc) {
        return isOne(name, FLAG, FLAGS) || (!usesRunc && isOne(name, FLAG, FLAGS_FOR_CRUN_ONLY));
    }

    private static boolean isOne(String name, String prefix, Set<String> known) {
        return name.startsWith(prefix) && known.contains(name.substring(prefix.length()));
    }
}
