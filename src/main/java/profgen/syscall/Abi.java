package profgen.syscall;

import java.util.Arrays;
import java.util.Optional;

/** A numbering of system calls: a number means nothing without it (102 is getuid on x86_64 and socketcall on i386). */
public enum Abi {
    X86_64("x86_64", Arch.X86_64, "SCMP_ARCH_X86_64", 0xC000003E),
    I386("i386", Arch.X86_64, "SCMP_ARCH_X86", 0x40000003),
    /** Shares the audit architecture of x86_64; its numbers carry bit 30 in a register, but not in profgen's tables and files. */
    X32("x32", Arch.X86_64, "SCMP_ARCH_X32", 0xC000003E),
    LOONGARCH64("loongarch64", Arch.LOONGARCH64, "SCMP_ARCH_LOONGARCH64", 0xC0000102);

    /** Bit 30, which an x32 program sets in the register of the number. */
    public static final int X32_BIT = 0x40000000;

    private final String label;
    private final Arch arch;
    private final String scmpName;
    private final int auditArch;

    Abi(String label, Arch arch, String scmpName, int auditArch) {
        this.label = label;
        this.arch = arch;
        this.scmpName = scmpName;
        this.auditArch = auditArch;
    }

    /** As in journals, recordings and options: x86_64, i386, x32, loongarch64. */
    public String label() {
        return label;
    }

    public Arch arch() {
        return arch;
    }

    public String scmpName() {
        return scmpName;
    }

    public int auditArch() {
        return auditArch;
    }

    public boolean isNative() {
        return arch.nativeAbi() == this;
    }

    public static Optional<Abi> byLabel(String label) {
        return Arrays.stream(values()).filter(abi -> abi.label.equals(label)).findFirst();
    }
}
