package profgen.image;

import com.sun.jna.Native;
import java.io.Closeable;
import java.nio.file.attribute.FileTime;
import java.time.Instant;

/** An open file or folder: what is done to it is done to it alone, whatever its name leads to meanwhile. */
class Handle implements Closeable {
    final int descriptor;
    private boolean open = true;

    Handle(int descriptor) {
        this.descriptor = descriptor;
    }

    /** The result of a call, which is not negative. */
    static long check(String call, long result) throws CallException {
        if (result < 0) {
            throw new CallException(call, Native.getLastError());
        }
        return result;
    }

    void write(byte[] bytes, int count, long offset) throws CallException {
        byte[] rest = bytes;
        int left = count;
        while (left > 0) {
            int written = (int) check("write", Libc.pwrite(descriptor, rest, left, offset + count - left));
            left -= written;
            if (left > 0) {
                rest = java.util.Arrays.copyOfRange(rest, written, written + left);
            }
        }
    }

    /** Makes a hole of what was not written. */
    void end(long length) throws CallException {
        check("ftruncate", Libc.ftruncate(descriptor, length));
    }

    void mode(int mode) throws CallException {
        check("chmod", Libc.fchmod(descriptor, mode));
    }

    void owner(long uid, long gid) throws CallException {
        check("chown", Libc.fchown(descriptor, (int) uid, (int) gid));
    }

    void attribute(String name, byte[] value) throws CallException {
        check("setxattr", Libc.fsetxattr(descriptor, Raw.terminated(name), value, value.length, 0));
    }

    void modified(FileTime time) throws CallException {
        check("utimens", Libc.futimens(descriptor, times(time)));
    }

    /** For both times that can be set. */
    static long[] times(FileTime time) {
        Instant instant = time.toInstant();
        long seconds = instant.getEpochSecond();
        return new long[] {seconds, instant.getNano(), seconds, instant.getNano()};
    }

    @Override
    public void close() {
        if (open) {
            open = false;
            Libc.close(descriptor);
        }
    }
}
