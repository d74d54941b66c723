package profgen.image;

import com.sun.jna.Native;
import com.sun.jna.Pointer;

/**
 * System calls relative to an open folder, which Java has for few of them, and with names of any bytes, whatever the JVM's locale. Numbers of flags are the
 * same on x86_64 and loongarch64; a {@code long} is a size_t, an array of them a struct timespec.
 */
final class Libc {
    static final int AT_FDCWD = -100;
    static final int AT_SYMLINK_NOFOLLOW = 0x100;
    static final int AT_REMOVEDIR = 0x200;

    static final int O_RDONLY = 0;
    static final int O_WRONLY = 1;
    static final int O_CREAT = 0100;
    static final int O_EXCL = 0200;
    static final int O_NONBLOCK = 04000;
    static final int O_DIRECTORY = 0200000;
    static final int O_NOFOLLOW = 0400000;
    static final int O_CLOEXEC = 02000000;
    static final int O_PATH = 010000000;

    static final int EPERM = 1;
    static final int ENOENT = 2;
    static final int E2BIG = 7;
    static final int EEXIST = 17;
    static final int ENOTDIR = 20;
    static final int EISDIR = 21;
    static final int EINVAL = 22;
    static final int ENOSPC = 28;
    static final int EMLINK = 31;
    static final int ERANGE = 34;
    static final int ELOOP = 40;
    static final int ENOTSUP = 95;

    static {
        Native.register(Libc.class, "c");
    }

    private Libc() {}

    static native int openat(int folder, byte[] name, int flags, int mode);

    static native int close(int descriptor);

    static native long pwrite(int file, byte[] bytes, long count, long offset);

    static native int ftruncate(int file, long length);

    static native int fchmod(int descriptor, int mode);

    static native int chmod(byte[] path, int mode);

    static native int fchown(int descriptor, int uid, int gid);

    static native int fchownat(int folder, byte[] name, int uid, int gid, int flags);

    static native int fchmodat(int folder, byte[] name, int mode, int flags);

    static native int futimens(int descriptor, long[] times);

    static native int utimensat(int folder, byte[] name, long[] times, int flags);

    static native int fsetxattr(int descriptor, byte[] name, byte[] value, long size, int flags);

    static native int mkdirat(int folder, byte[] name, int mode);

    static native int mkfifoat(int folder, byte[] name, int mode);

    static native int symlinkat(byte[] target, int folder, byte[] name);

    static native int linkat(int from, byte[] target, int folder, byte[] name, int flags);

    static native int renameat(int from, byte[] name, int to, byte[] newName);

    static native int unlinkat(int folder, byte[] name, int flags);

    static native long readlinkat(int folder, byte[] name, byte[] target, long size);

    static native Pointer fdopendir(int folder);

    static native Pointer readdir(Pointer stream);

    static native int closedir(Pointer stream);

    static native String strerror(int number);
}
