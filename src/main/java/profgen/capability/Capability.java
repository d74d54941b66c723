package profgen.capability;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The Linux capabilities in the order of their numbers (linux/capability.h), which is the order of bits in /proc masks. */
public enum Capability {
    CAP_CHOWN,
    CAP_DAC_OVERRIDE,
    CAP_DAC_READ_SEARCH,
    CAP_FOWNER,
    CAP_FSETID,
    CAP_KILL,
    CAP_SETGID,
    CAP_SETUID,
    CAP_SETPCAP,
    CAP_LINUX_IMMUTABLE,
    CAP_NET_BIND_SERVICE,
    CAP_NET_BROADCAST,
    CAP_NET_ADMIN,
    CAP_NET_RAW,
    CAP_IPC_LOCK,
    CAP_IPC_OWNER,
    CAP_SYS_MODULE,
    CAP_SYS_RAWIO,
    CAP_SYS_CHROOT,
    CAP_SYS_PTRACE,
    CAP_SYS_PACCT,
    CAP_SYS_ADMIN,
    CAP_SYS_BOOT,
    CAP_SYS_NICE,
    CAP_SYS_RESOURCE,
    CAP_SYS_TIME,
    CAP_SYS_TTY_CONFIG,
    CAP_MKNOD,
    CAP_LEASE,
    CAP_AUDIT_WRITE,
    CAP_AUDIT_CONTROL,
    CAP_SETFCAP,
    CAP_MAC_OVERRIDE,
    CAP_MAC_ADMIN,
    CAP_SYSLOG,
    CAP_WAKE_ALARM,
    CAP_BLOCK_SUSPEND,
    CAP_AUDIT_READ,
    CAP_PERFMON,
    CAP_BPF,
    CAP_CHECKPOINT_RESTORE;

    /** The bit in a mask of /proc/PID/status: this enum is written in the order of the kernel's numbers. */
    @SuppressWarnings("EnumOrdinal")
    public int number() {
        return ordinal();
    }

    /** As {@code docker run --cap-add} takes and profgen prints it: without the prefix. */
    public String shortName() {
        return name().substring("CAP_".length());
    }

    /** The kernel that brought it, as capabilities(7) has it; the first ones came with 2.2. */
    public String since() {
        return switch (this) {
            case CAP_LEASE, CAP_MKNOD -> "2.4";
            case CAP_AUDIT_CONTROL, CAP_AUDIT_WRITE -> "2.6.11";
            case CAP_SETFCAP -> "2.6.24";
            case CAP_MAC_ADMIN, CAP_MAC_OVERRIDE -> "2.6.25";
            case CAP_SYSLOG -> "2.6.37";
            case CAP_WAKE_ALARM -> "3.0";
            case CAP_BLOCK_SUSPEND -> "3.5";
            case CAP_AUDIT_READ -> "3.16";
            case CAP_BPF, CAP_PERFMON -> "5.8";
            case CAP_CHECKPOINT_RESTORE -> "5.9";
            default -> "2.2";
        };
    }

    /** Any case, with or without {@code CAP_}. */
    public static Optional<Capability> byName(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        String full = upper.startsWith("CAP_") ? upper : "CAP_" + upper;
        return Arrays.stream(values())
                .filter(capability -> capability.name().equals(full))
                .findFirst();
    }

    /** Empty if it has no name here. */
    public static Optional<Capability> byNumber(int number) {
        return Arrays.stream(values())
                .filter(capability -> capability.number() == number)
                .findFirst();
    }
}
