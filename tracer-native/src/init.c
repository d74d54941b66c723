/*
 * PID 1 of the sandbox, untraced: it adopts and reaps what the workload orphans, and passes signals on, so that the
 * workload itself is an ordinary process (PID 1 would ignore its own TERM, and its abort() would end otherwise).
 * It stays until the tracer kills it, since its end is the end of every process in the namespace.
 */

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sandbox.h"

enum { STATUS_FD = 0 };

/* Above all the channel to the tracer, whose end is to be the workload's execve; init needs none but the first. */
static void close_all_but_first(void)
{
    long highest;

#ifdef SYS_close_range
    if (syscall(SYS_close_range, 1U, ~0U, 0U) == 0)
        return;
#endif
    highest = sysconf(_SC_OPEN_MAX);
    for (int fd = 1; fd < highest; fd++)
        close(fd);
}

/* Blocked, not ignored or handled: the kernel drops unblocked signals without a handler that come to a PID 1. */
static void block_all(void)
{
    sigset_t all;

    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, NULL);
    signal(SIGCHLD, SIG_DFL); /* ignored, it would have the kernel reap, and SIGCHLD never come */
}

/*
 * Only what a process inside sent to PID 1. A sender outside has no pid here (0): it meant the tracer, which passes
 * signals on itself, or the whole process group, the workload included. So has the terminal (si_code > 0).
 */
static bool is_to_be_passed_on(const siginfo_t *info)
{
    switch (info->si_signo) {
    case SIGCHLD:
    case SIGTSTP:
    case SIGTTIN:
    case SIGTTOU:
        return false;
    default:
        return info->si_code <= 0 && info->si_pid > 0;
    }
}

/* How the workload ended, for a tracer that is not its parent and does not trace it. */
static void report(int status)
{
    while (write(STATUS_FD, &status, sizeof status) < 0 && errno == EINTR)
        ;
    close(STATUS_FD);
}

static void reap(pid_t *workload)
{
    pid_t ended;
    int status;

    while ((ended = waitpid(-1, &status, WNOHANG | __WALL)) > 0)
        if (ended == *workload) {
            report(status);
            *workload = 0; /* the number may come again as another process */
        }
}

_Noreturn void init_run(pid_t workload, int status_fd)
{
    sigset_t all;

    block_all();
    prctl(PR_SET_NAME, "profgen-init", 0, 0, 0);
    dup2(status_fd, STATUS_FD);
    close_all_but_first();
    sigfillset(&all);
    for (;;) {
        siginfo_t info;

        if (sigwaitinfo(&all, &info) < 0)
            continue;
        if (info.si_signo == SIGCHLD)
            reap(&workload);
        else if (workload && is_to_be_passed_on(&info))
            kill(workload, info.si_signo);
    }
}
