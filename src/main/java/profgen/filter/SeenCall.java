package profgen.filter;

import profgen.syscall.Abi;

/**
 * A call as a filter program tells it apart, by architecture and by all 32 bits of its number: x32 is x86_64 with bit 30.
 *
 * @param number unsigned; of x32 without bit 30
 */
record SeenCall(Abi abi, int number) {
    static SeenCall of(Abi abi, int number) {
        if (abi != Abi.X86_64 && abi != Abi.X32) {
            return new SeenCall(abi, number);
        }
        int register = SeccompData.register(abi, number);
        return (register & Abi.X32_BIT) == 0
                ? new SeenCall(Abi.X86_64, register)
                : new SeenCall(Abi.X32, register & ~Abi.X32_BIT);
    }

    /** -1, by which a tracer says that no call is to be made. On x86_64 libseccomp takes it for no call of x32. */
    boolean isNone() {
        return abi == Abi.X32 && number == ~Abi.X32_BIT;
    }

    boolean isAbove(int last) {
        return Integer.compareUnsigned(number, last) > 0;
    }

    /** No call of x86_64 although bit 30 is clear: where x32 is not opened libseccomp takes every number from bit 30 on for one of it. */
    boolean looksLikeX32() {
        return abi == Abi.X86_64 && isAbove(Abi.X32_BIT - 1);
    }
}
