package profgen.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import profgen.syscall.Abi;

/**
 * A call that must be refused in the container.
 *
 * @param words as it was asked for
 * @param name of the call; its number where it has none
 * @param arguments six
 */
public record AskedDenial(String words, String name, Abi abi, int number, List<Long> arguments) {
    /** Allowed, these act on the machine or on what all of its containers share, whatever their arguments. */
    private static final Set<String> ACT_ON_THE_MACHINE = Set.of(
            "acct",
            "adjtimex",
            "clock_adjtime",
            "clock_settime",
            "delete_module",
            "finit_module",
            "init_module",
            "iopl",
            "ioperm",
            "kexec_file_load",
            "kexec_load",
            "quotactl",
            "reboot",
            "settimeofday",
            "stime",
            "swapoff",
            "swapon",
            "syslog",
            "vhangup");

    public AskedDenial {
        arguments = List.copyOf(arguments);
    }

    /**
     * It is tried only where the profile denies it.
     *
     * @param contained in a container, which has processes, mounts and a name of its own
     */
    boolean isDangerous(boolean contained) {
        return ACT_ON_THE_MACHINE.contains(name) || !contained;
    }

    long[] values() {
        return arguments.stream().mapToLong(Long::longValue).toArray();
    }

    /** The words after {@code profgen-tracer} that make the call. */
    List<String> command() {
        List<String> command = new ArrayList<>(List.of("try"));
        command.add(Integer.toString(abi == Abi.X32 ? number | Abi.X32_BIT : number));
        arguments.forEach(value -> command.add(Long.toUnsignedString(value)));
        return command;
    }
}
