/*
 * Loading the workload's filter, as the last thing before its execve, so that no call of the tracer's own is under it.
 *
 * The kernel lets a process do so that has CAP_SYS_ADMIN in its user namespace, or no_new_privs. The workload is to have
 * neither for the filter's sake, so a second thread keeps the capabilities that the first gives up (they belong to
 * threads, not processes) and loads the filter for both. Where there is no CAP_SYS_ADMIN to keep, no_new_privs it is.
 */

#include <errno.h>
#include <linux/capability.h>
#include <linux/futex.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stdatomic.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "caps.h"
#include "sandbox.h"

enum { NOT_STARTED, WAITING, WANTED, LOADED };

static struct {
    atomic_int state;
    int error;
    const struct sock_fprog *program;
    _Alignas(16) char stack[16384];
} loader;

/* Both threads share libc's thread-local errno: the first one only waits while this one is at work. */
static int load_for_all(void *unused)
{
    (void)unused;
    while (atomic_load(&loader.state) == WAITING)
        syscall(SYS_futex, &loader.state, FUTEX_WAIT_PRIVATE, WAITING, NULL, NULL, 0);
    if (syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, loader.program) != 0)
        loader.error = errno;
    atomic_store(&loader.state, LOADED);
    /* No call any more: this thread is under the filter too. The first one's execve ends it; the trap, should none come. */
    for (volatile uint64_t left = UINT64_C(1) << 34; left; left--)
        ;
    __builtin_trap();
}

static int start_thread(struct failure *failure)
{
    const int flags = CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD | CLONE_SYSVSEM;

    atomic_store(&loader.state, WAITING);
    if (clone(load_for_all, loader.stack + sizeof loader.stack, flags, NULL) < 0)
        return failure_of(failure, "sandbox", errno, "thread that loads the filter");
    return 0;
}

int loader_start(const struct launch_options *options, int channel, struct failure *failure)
{
    loader.program = options->filter;
    if (!options->filter || options->no_new_privileges)
        return 0;
    if (caps_has_effective(CAP_SYS_ADMIN))
        return start_thread(failure);
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
        return failure_of(failure, "sandbox", errno, "no_new_privs");
    return message_note(channel, "no-new-privileges-for-filter",
                        "the filter could be loaded with no-new-privileges only: set-user-ID programs gained nothing");
}

/* Without a call while the filter comes into force: from then on they are the workload's to make. */
static int await_thread(void)
{
    atomic_store(&loader.state, WANTED);
    syscall(SYS_futex, &loader.state, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0);
    while (atomic_load(&loader.state) != LOADED)
        ;
    return loader.error;
}

int loader_load(struct failure *failure)
{
    int error = 0;

    if (!loader.program)
        return 0;
    if (atomic_load(&loader.state) == WAITING)
        error = await_thread();
    else if (syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, loader.program) < 0)
        error = errno;
    return error ? failure_of(failure, "sandbox", error, "seccomp filter") : 0;
}
