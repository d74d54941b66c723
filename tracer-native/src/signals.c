#include "signals.h"

#include <errno.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

/* Of a job: what a caller or a terminal ends, stops or wakes it with. */
static const int of_a_job[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGUSR1, SIGUSR2, SIGCONT};
static const int ending[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
/* A stopped tracer would stop the whole job for good; a failed write is noticed by its result. */
static const int ignored[] = {SIGTSTP, SIGTTIN, SIGTTOU, SIGPIPE, SIGXFSZ};
/* Its own: faults, its children's ends, what cannot be caught, and the two that libc keeps. */
static const int own[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGSYS, SIGCHLD, SIGKILL, SIGSTOP, 32, 33, SIGALRM};
enum { HIGHEST = 64, END_REQUEST = 64 };
#define COUNT(list) ((int)(sizeof(list) / sizeof *(list)))

static enum signals_role role;
/* A descriptor, not a pid: a signal that comes while the main process is being reaped must not reach another one. */
static volatile sig_atomic_t main_pidfd = -1;
static volatile sig_atomic_t ticked;
static volatile sig_atomic_t terminal_ended_it;
static volatile sig_atomic_t end_wanted;
static volatile sig_atomic_t passed[HIGHEST + 1]; /* whether it was passed on */
static pid_t parent;

static bool is_in(const int *list, int count, int number)
{
    for (int i = 0; i < count; i++)
        if (list[i] == number) return true;
    return false;
}

static bool is_handled(int number)
{
    if (role == SIGNALS_OF_A_RELAY && number == SIGWINCH) return true;
    if (role == SIGNALS_OF_AN_ONLOOKER) return is_in(ending, COUNT(ending), number);
    if (role == SIGNALS_OF_A_JOB || role == SIGNALS_OF_A_RELAY) return is_in(of_a_job, COUNT(of_a_job), number);
    return !is_in(own, COUNT(own), number) && !is_in(ignored, COUNT(ignored), number);
}

static sigset_t handled_set(void)
{
    sigset_t set;
    sigemptyset(&set);
    for (int number = 1; number <= HIGHEST; number++)
        if (is_handled(number)) sigaddset(&set, number);
    sigaddset(&set, SIGALRM);
    return set;
}

void signals_hold(enum signals_role as)
{
    role = as;
    sigset_t set = handled_set();
    for (int i = 0; i < COUNT(ignored); i++) sigaddset(&set, ignored[i]);
    sigprocmask(SIG_BLOCK, &set, NULL);
    /* With SIGCHLD ignored the kernel would reap the tracees itself. */
    signal(SIGCHLD, SIG_DFL);
}

static void send(int number)
{
    if (main_pidfd < 0) return;
    syscall(SYS_pidfd_send_signal, main_pidfd, number, NULL, 0);
    passed[number] = 1;
}

/* Passing on inside the handler leaves no moment in which a signal could wait for the next stop of a tracee. */
static void pass_on(int number, siginfo_t *info, void *context)
{
    (void)context;
    int saved = errno;
    if (role == SIGNALS_OF_AN_ONLOOKER) {
        end_wanted = 1;
    } else if (info->si_code == SI_KERNEL && !(role == SIGNALS_OF_A_RELAY && number == SIGWINCH)) {
        if (number == SIGINT || number == SIGQUIT || number == SIGHUP) terminal_ended_it = 1;
    } else if (role == SIGNALS_OF_A_JOB && number == SIGTERM && terminal_ended_it && info->si_pid == parent) {
        /* The JVM's shutdown hook, after the same key that the workload has seen. */
    } else if (role == SIGNALS_OF_A_CONTAINER && number == END_REQUEST && (info->si_pid == 0 || info->si_pid == parent)) {
        /* From outside, or by way of the engine's init: killing the tracer itself would lose the totals. */
        send(SIGKILL);
    } else {
        send(number);
    }
    errno = saved;
}

static void tick(int number, siginfo_t *info, void *context)
{
    (void)context;
    int saved = errno;
    if (info->si_code == SI_KERNEL)
        ticked = 1;
    else if (role == SIGNALS_OF_A_CONTAINER)
        send(number);
    errno = saved;
}

/* All of them blocked meanwhile: of several pending ones the terminal's come first, having the lower numbers. */
static int handle(const sigset_t *set)
{
    struct sigaction action = {.sa_sigaction = pass_on, .sa_mask = *set, .sa_flags = SA_SIGINFO | SA_RESTART};
    if (role == SIGNALS_OF_A_BYSTANDER) action = (struct sigaction){.sa_handler = SIG_IGN};
    for (int number = 1; number <= HIGHEST; number++)
        if (is_handled(number) && sigaction(number, &action, NULL) < 0) return -errno;
    /* No SA_RESTART: the wait shall return. A tick just before the wait is made up for by the next one. */
    struct sigaction ticking = {.sa_sigaction = tick, .sa_mask = *set, .sa_flags = SA_SIGINFO};
    return sigaction(SIGALRM, &ticking, NULL) < 0 ? -errno : 0;
}

bool signals_passed_on(int number)
{
    if (!passed[number]) return false;
    passed[number] = 0;
    return true;
}

bool signals_end_wanted(void)
{
    return end_wanted;
}

int signals_pass_on(pid_t main_pid)
{
    parent = getppid();
    main_pidfd = (int)syscall(SYS_pidfd_open, main_pid, 0);
    if (main_pidfd < 0) return -errno;
    for (int i = 0; i < COUNT(ignored); i++) signal(ignored[i], SIG_IGN);
    sigset_t set = handled_set();
    int error = handle(&set);
    if (error) return error;
    for (int i = 0; i < COUNT(ignored); i++) sigaddset(&set, ignored[i]);
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
