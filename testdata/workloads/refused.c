/*
 * Makes calls that do nothing, because their arguments are invalid, and prints what each returned: NAME ERRNO, 0 for none.
 * The kernel answers most with EINVAL or EFAULT when the caller has CAP_SYS_ADMIN and CAP_SYS_BOOT: EPERM then comes from a filter.
 */
#include "workload.h"

static const struct {
    const char *name;
    long number, arguments[3];
} calls[] = {
    {"reboot", SYS_reboot, {1, 2, 3}},
    {"mount", SYS_mount, {0, 0, 0}},
    {"umount2", SYS_umount2, {0, -1, 0}},
    {"unshare", SYS_unshare, {1, 0, 0}},
    {"setns", SYS_setns, {-1, 0, 0}},
    {"sethostname", SYS_sethostname, {0, -1, 0}},
    {"chroot", SYS_chroot, {0, 0, 0}},
    {"socket", SYS_socket, {-1, 0, 0}},
    {"ptrace", SYS_ptrace, {-1, -1, 0}},
    {"bpf", SYS_bpf, {-1, 0, 0}},
    {"clone3", SYS_clone3, {0, 0, 0}},
    {"get_mempolicy", SYS_get_mempolicy, {0, 0, 0}},
};

int main(void) {
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
        const long *a = calls[i].arguments;
        int error = syscall(calls[i].number, a[0], a[1], a[2], 0L, 0L) == -1 ? errno : 0;
        char line[64];
        /* Not printf: stdio asks the descriptor first, with calls that a small profile may lack. */
        int length = snprintf(line, sizeof line, "%s %d\n", calls[i].name, error);
        must(write(STDOUT_FILENO, line, (size_t)length) == length, "write");
    }
    return 0;
}
