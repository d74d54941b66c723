/* A tracee is made to load a seccomp filter. */
#ifndef PROFGEN_LOAD_H
#define PROFGEN_LOAD_H

#include <linux/filter.h>

#include "inject.h"
#include "tasks.h"

struct loading {
    struct task *task; /* at the stop at the exit of a call; marked as deprived if it was given no_new_privs */
    const struct sock_fprog *program;
    uint64_t flags;
    bool keeps_privileges; /* not at the price of no_new_privs, which the kernel wants without CAP_SYS_ADMIN */
    int64_t result;        /* what the kernel said, of the filter or of what comes before it; -EACCES: only at that price */
    struct injection injection;
};

/*
 * 0 with the result, the task as it was; -ESRCH as inject_call() has it; another negative errno, with the task as it was,
 * if it cannot be made to call.
 */
int load_filter(struct loading *loading);

#endif
