#include "signals.h"

#include <errno.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

static const int passed_on[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGUSR1, SIGUSR2, SIGCONT};
/* A stopped tracer would stop the whole job for good; a failed write is noticed by its result. */
static const int ignored[] = {SIGTSTP, SIGTTIN, SIGTTOU, SIGPIPE, SIGXFSZ};
enum { PASSED_ON = sizeof passed_on / sizeof *passed_on, IGNORED = sizeof ignored / sizeof *ignored };

/* A descriptor, not a pid: a signal that comes while the main process is being reaped must not reach another one. */
static volatile sig_atomic_t main_pidfd = -1;
static volatile sig_atomic_t ticked;
static volatile sig_atomic_t terminal_ended_it;
static pid_t parent;

static sigset_t handled_set(void)
{
    sigset_t set;
    sigemptyset(&set);
    for (int i = 0; i < PASSED_ON; i++) sigaddset(&set, passed_on[i]);
    sigaddset(&set, SIGALRM);
    return set;
}

void signals_hold(void)
{
    sigset_t set = handled_set();
    for (int i = 0; i < IGNORED; i++) sigaddset(&set, ignored[i]);
    sigprocmask(SIG_BLOCK, &set, NULL);
    /* With SIGCHLD ignored the kernel would reap the tracees itself. */
    signal(SIGCHLD, SIG_DFL);
}

/* Passing on inside the handler leaves no moment in which a signal could wait for the next stop of a tracee. */
static void pass_on(int number, siginfo_t *info, void *context)
{
    (void)context;
    int saved = errno;
    if (info->si_code == SI_KERNEL) {
        if (number == SIGINT || number == SIGQUIT || number == SIGHUP) terminal_ended_it = 1;
    } else if (number == SIGTERM && terminal_ended_it && info->si_pid == parent) {
        /* The JVM's shutdown hook, after the same key that the workload has seen. */
    } else if (main_pidfd >= 0) {
        syscall(SYS_pidfd_send_signal, main_pidfd, number, NULL, 0);
    }
    errno = saved;
}

static void tick(int number)
{
    (void)number;
    ticked = 1;
}

int signals_pass_on(pid_t main_pid)
{
    parent = getppid();
    main_pidfd = (int)syscall(SYS_pidfd_open, main_pid, 0);
    if (main_pidfd < 0) return -errno;
    for (int i = 0; i < IGNORED; i++) signal(ignored[i], SIG_IGN);
    sigset_t set = handled_set();
    /* All of them blocked meanwhile: of several pending ones the terminal's come first, having the lower numbers. */
    struct sigaction action = {.sa_sigaction = pass_on, .sa_mask = set, .sa_flags = SA_SIGINFO | SA_RESTART};
    for (int i = 0; i < PASSED_ON; i++)
        if (sigaction(passed_on[i], &action, NULL) < 0) return -errno;
    /* No SA_RESTART: the wait shall return. A tick just before the wait is made up for by the next one. */
    struct sigaction ticking = {.sa_handler = tick, .sa_mask = set};
    if (sigaction(SIGALRM, &ticking, NULL) < 0) return -errno;
    for (int i = 0; i < IGNORED; i++) sigaddset(&set, ignored[i]);
    return sigprocmask(SIG_UNBLOCK, &set, NULL) < 0 ? -errno : 0;
}

int signals_tick(unsigned milliseconds)
{
    struct timeval period = {.tv_sec = milliseconds / 1000, .tv_usec = (milliseconds % 1000) * 1000};
    struct itimerval timer = {.it_interval = period, .it_value = period};
    return setitimer(ITIMER_REAL, &timer, NULL) < 0 ? -errno : 0;
}

bool signals_ticked(void)
{
    if (!ticked) return false;
    ticked = 0;
    return true;
}
