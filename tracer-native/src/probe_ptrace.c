#include <errno.h>
#include <signal.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include "probe.h"

_Noreturn static void be_traced(void)
{
    for (;;)
        getppid();
}

/* Stops it as the trace loop does: seized while it runs, then at the entry of a call. */
static int bring_to_a_call(pid_t child)
{
    int status;

    if (ptrace(PTRACE_SEIZE, child, 0, PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL) < 0
        || ptrace(PTRACE_INTERRUPT, child, 0, 0) < 0 || waitpid(child, &status, __WALL) < 0
        || ptrace(PTRACE_SYSCALL, child, 0, 0) < 0 || waitpid(child, &status, __WALL) < 0)
        return -errno;
    return WIFSTOPPED(status) && WSTOPSIG(status) == (SIGTRAP | 0x80) ? 0 : -EPROTO;
}

static int try_ptrace(void *with_info)
{
    struct __ptrace_syscall_info info;
    pid_t child = fork();
    int error;

    if (child == 0)
        be_traced();
    if (child < 0)
        return -errno;
    error = bring_to_a_call(child);
    if (!error && with_info && ptrace(PTRACE_GET_SYSCALL_INFO, child, (void *)sizeof info, &info) < 0)
        error = -errno;
    kill(child, SIGKILL);
    waitpid(child, NULL, __WALL);
    return error;
}

void probe_ptrace(void)
{
    int error = probe_in_child(try_ptrace, NULL);
    char yes;

    probe_outcome("ptrace", error,
                  "allow it: sysctl kernel.yama.ptrace_scope=1; in a container --cap-add SYS_PTRACE or a seccomp "
                  "profile that allows ptrace");
    if (!error)
        error = probe_in_child(try_ptrace, &yes);
    probe_outcome("syscall-info", error, "a kernel from 5.3 on, where PTRACE_GET_SYSCALL_INFO exists");
}
