package profgen.image;

import java.io.IOException;

/** A system call on the unpacked tree failed: the machine's matter, not the archive's. */
final class CallException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int errno;

    CallException(String call, int errno) {
        super(call + ": " + Libc.strerror(errno));
        this.errno = errno;
    }

    boolean isOneOf(int... numbers) {
        return java.util.Arrays.stream(numbers).anyMatch(number -> number == errno);
    }
}
