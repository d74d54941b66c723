package profgen.filter;

import com.sun.jna.Library;
import com.sun.jna.Pointer;

/** What the child that runs libseccomp needs of the C library. */
interface LibcCalls extends Library {
    int RLIMIT_DATA = 2;
    int MFD_CLOEXEC = 1;

    /** The process ends by SIGALRM after so many seconds; 0 calls it off. */
    int alarm(int seconds);

    /** @param limit struct rlimit: two 64-bit values */
    int setrlimit(int resource, Pointer limit);

    int memfd_create(String name, int flags);

    int close(int descriptor);
}
