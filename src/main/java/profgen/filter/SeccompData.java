package profgen.filter;

import java.util.Arrays;
import profgen.syscall.Abi;

/** What a filter program sees of a call: struct seccomp_data on a little-endian machine. */
public final class SeccompData {
    /** Bytes of the struct. */
    public static final int SIZE = 64;

    private static final long LOW = 0xFFFFFFFFL;

    private final int number;
    private final int arch;
    private final long[] arguments;

    private SeccompData(int number, int arch, long[] arguments) {
        this.number = number;
        this.arch = arch;
        this.arguments = arguments;
    }

    /**
     * A call of {@code abi}, made at address 0. The kernel hands on only the lower half of an i386 argument.
     *
     * @param number without the x32 bit
     * @param arguments up to six; missing ones are 0
     */
    public static SeccompData of(Abi abi, int number, long... arguments) {
        long[] six = Arrays.copyOf(arguments, 6);
        if (abi == Abi.I386) {
            for (int i = 0; i < six.length; i++) {
                six[i] &= LOW;
            }
        }
        return new SeccompData(register(abi, number), abi.auditArch(), six);
    }

    /** The number as the program finds it. */
    static int register(Abi abi, int number) {
        return abi == Abi.X32 ? number | Abi.X32_BIT : number;
    }

    /** @param offset a multiple of 4 below {@link #SIZE} */
    int word(int offset) {
        if (offset < 16) {
            return offset == 0 ? number : offset == 4 ? arch : 0;
        }
        long argument = arguments[(offset - 16) / 8];
        return (int) (offset % 8 == 0 ? argument : argument >>> 32);
    }
}
