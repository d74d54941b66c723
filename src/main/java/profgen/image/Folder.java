package profgen.image;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** An open folder. Its methods take one name in it, raw, and never follow a symlink of that name. */
final class Folder extends Handle {
    /** Offset of {@code d_name} in a struct dirent of 64-bit Linux. */
    private static final int DIRENT_NAME = 19;

    private Folder(int descriptor) {
        super(descriptor);
    }

    static Folder open(Path path) throws CallException {
        String encoding = System.getProperty("sun.jnu.encoding", "UTF-8");
        byte[] name = (path.toAbsolutePath() + "\0").getBytes(Charset.forName(encoding));
        return new Folder((int) check("open", open(Libc.AT_FDCWD, name)));
    }

    private static int open(int folder, byte[] name) {
        return Libc.openat(folder, name, Libc.O_RDONLY | Libc.O_DIRECTORY | Libc.O_NOFOLLOW | Libc.O_CLOEXEC, 0);
    }

    /** Another handle of the same folder. */
    Folder again() throws CallException {
        return new Folder((int) check("open", open(descriptor, Raw.terminated("."))));
    }

    /** Empty if there is no folder of that name. */
    Optional<Folder> enter(String name) throws CallException {
        int opened = open(descriptor, Raw.terminated(name));
        if (opened >= 0) {
            return Optional.of(new Folder(opened));
        }
        CallException e = new CallException("open", Native.getLastError());
        if (e.isOneOf(Libc.ENOENT, Libc.ENOTDIR, Libc.ELOOP)) {
            return Optional.empty();
        }
        throw e;
    }

    /** Where a symlink leads; empty if there is none of that name. */
    Optional<String> target(String name) throws CallException {
        byte[] buffer = new byte[EntryName.MAX_PATH];
        long length = Libc.readlinkat(descriptor, Raw.terminated(name), buffer, buffer.length);
        if (length >= 0) {
            return Optional.of(Raw.of(Arrays.copyOf(buffer, (int) length)));
        }
        CallException e = new CallException("readlink", Native.getLastError());
        if (e.isOneOf(Libc.ENOENT, Libc.EINVAL)) {
            return Optional.empty();
        }
        throw e;
    }

    /** A new folder that only its owner may enter as yet. */
    void makeFolder(String name) throws CallException {
        check("mkdir", Libc.mkdirat(descriptor, Raw.terminated(name), 0700));
    }

    /** A new file. */
    Handle makeFile(String name) throws CallException {
        int flags = Libc.O_WRONLY | Libc.O_CREAT | Libc.O_EXCL | Libc.O_NOFOLLOW | Libc.O_CLOEXEC;
        return new Handle((int) check("open", Libc.openat(descriptor, Raw.terminated(name), flags, 0600)));
    }

    void makeFifo(String name) throws CallException {
        check("mkfifo", Libc.mkfifoat(descriptor, Raw.terminated(name), 0600));
    }

    void makeSymlink(String name, String target) throws CallException {
        check("symlink", Libc.symlinkat(Raw.terminated(target), descriptor, Raw.terminated(name)));
    }

    /** A second name for what has a name in another folder. */
    void makeLink(String name, Folder from, String target) throws CallException {
        check("link", Libc.linkat(from.descriptor, Raw.terminated(target), descriptor, Raw.terminated(name), 0));
    }

    void owner(String name, long uid, long gid) throws CallException {
        check("chown", Libc.fchownat(descriptor, Raw.terminated(name), (int) uid, (int) gid, Libc.AT_SYMLINK_NOFOLLOW));
    }

    /** The one call that would follow a symlink: only for what was just made. */
    void mode(String name, int mode) throws CallException {
        check("chmod", Libc.fchmodat(descriptor, Raw.terminated(name), mode, 0));
    }

    void modified(String name, FileTime time) throws CallException {
        check("utimens", Libc.utimensat(descriptor, Raw.terminated(name), times(time), Libc.AT_SYMLINK_NOFOLLOW));
    }

    /** Nothing has that name afterwards; false if a folder has it. */
    boolean remove(String name) throws CallException {
        if (Libc.unlinkat(descriptor, Raw.terminated(name), 0) == 0) {
            return true;
        }
        CallException e = new CallException("unlink", Native.getLastError());
        if (e.isOneOf(Libc.ENOENT)) {
            return true;
        }
        if (e.isOneOf(Libc.EISDIR, Libc.EPERM) && isFolder(name)) {
            return false;
        }
        throw e;
    }

    void removeEmptyFolder(String name) throws CallException {
        check("rmdir", Libc.unlinkat(descriptor, Raw.terminated(name), Libc.AT_REMOVEDIR));
    }

    void moveTo(String name, Folder to, String newName) throws CallException {
        check("rename", Libc.renameat(descriptor, Raw.terminated(name), to.descriptor, Raw.terminated(newName)));
    }

    boolean isFolder(String name) {
        return opens(mark(name));
    }

    boolean has(String name) {
        return opens(Libc.openat(descriptor, Raw.terminated(name), Libc.O_PATH | Libc.O_NOFOLLOW | Libc.O_CLOEXEC, 0));
    }

    private static boolean opens(int opened) {
        if (opened >= 0) {
            Libc.close(opened);
        }
        return opened >= 0;
    }

    /** A handle that needs no permission, or a negative number if there is no folder of that name. */
    private int mark(String name) {
        return Libc.openat(
                descriptor, Raw.terminated(name), Libc.O_PATH | Libc.O_DIRECTORY | Libc.O_NOFOLLOW | Libc.O_CLOEXEC, 0);
    }

    /** Gives the owner all rights to a folder in this one, whatever its mode. */
    void unlock(String name) throws CallException {
        int opened = (int) check("open", mark(name));
        try {
            check("chmod", Libc.chmod(Raw.terminated("/proc/self/fd/" + opened), 0700));
        } finally {
            Libc.close(opened);
        }
    }

    /** All that is in it. */
    List<String> names() throws CallException {
        int own = (int) check("open", open(descriptor, Raw.terminated(".")));
        Pointer stream = Libc.fdopendir(own);
        if (Pointer.nativeValue(stream) == 0) {
            Libc.close(own);
            throw new CallException("fdopendir", Native.getLastError());
        }
        List<String> names = new ArrayList<>();
        for (Pointer entry = Libc.readdir(stream); entry != null; entry = Libc.readdir(stream)) {
            String name = entry.getString(DIRENT_NAME, "ISO-8859-1");
            if (!name.equals(".") && !name.equals("..")) {
                names.add(name);
            }
        }
        Libc.closedir(stream);
        return names;
    }
}
