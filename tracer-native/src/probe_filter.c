#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "probe.h"

/* A filter that allows all, with the given flags; the result of seccomp(2), which may be a descriptor. */
static int install(unsigned int flags)
{
    struct sock_filter allow = BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
    struct sock_fprog program = {.len = 1, .filter = &allow};

    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0
        || syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, flags, &program) < 0)
        return -errno;
    return 0;
}

static int try_filter(void *flags)
{
    return install(*(unsigned int *) flags);
}

void probe_filters(void)
{
    unsigned int plain = 0, listener = SECCOMP_FILTER_FLAG_NEW_LISTENER;

    probe_outcome("seccomp-filter", probe_in_child(try_filter, &plain), "a kernel with CONFIG_SECCOMP_FILTER");
    probe_outcome("seccomp-user-notification", probe_in_child(try_filter, &listener),
                  "a kernel from 5.0 on; a process can have one listener only");
}
