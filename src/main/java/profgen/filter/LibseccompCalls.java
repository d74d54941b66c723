package profgen.filter;

import com.sun.jna.Library;
import com.sun.jna.Pointer;

/** The functions of libseccomp.so.2 that make a program; see their manual pages. Each int is 0 or a negative errno unless said. */
@SuppressWarnings("MethodName") // they are C's
interface LibseccompCalls extends Library {
    /** Level 6 is that of libseccomp 2.5: all actions, whatever the kernel here can do. */
    int API_LEVEL = 6;

    int ATTRIBUTE_OPTIMIZE = 8;
    /** {@link #seccomp_syscall_resolve_name} for a name that the library does not know. */
    int UNKNOWN_NAME = -1;

    /** Three unsigned ints: major, minor, micro. */
    Pointer seccomp_version();

    int seccomp_api_set(int level);

    Pointer seccomp_init(int defaultAction);

    void seccomp_release(Pointer context);

    int seccomp_arch_native();

    int seccomp_arch_add(Pointer context, int arch);

    int seccomp_arch_remove(Pointer context, int arch);

    int seccomp_attr_set(Pointer context, int attribute, int value);

    /** The number on this machine's architecture; below -1 for a name that only other architectures have. */
    int seccomp_syscall_resolve_name(String name);

    /** @param comparisons struct scmp_arg_cmp: unsigned int argument, int operator, two 64-bit values */
    int seccomp_rule_add_array(Pointer context, int action, int syscall, int count, Pointer comparisons);

    int seccomp_export_bpf(Pointer context, int descriptor);
}
