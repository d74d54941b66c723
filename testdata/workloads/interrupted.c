/*
 * Signals whose handlers want no call restarted come in the midst of calls that nothing interrupts: brk, and the ends of
 * handlers. It ends with 1 if a brk was, and by a signal if the end of a handler was.
 */
#include <sys/time.h>

#include "workload.h"

enum { CALLS = 20000, HANDLED = 300 };

static volatile sig_atomic_t alarms, others;

static void on_alarm(int number) {
    (void)number;
    alarms++;
}

static void on_other(int number) {
    (void)number;
    others++;
}

static void send_for_ever(pid_t parent) {
    while (getppid() == parent) kill(parent, SIGUSR1);
    _exit(0);
}

int main(void) {
    struct sigaction alarm = {.sa_handler = on_alarm}, other = {.sa_handler = on_other};
    struct itimerval soon = {{0, 500}, {0, 500}}, never = {{0, 0}, {0, 0}};
    expect("brk", CALLS, "{}");
    expect("rt_sigreturn", 2 * HANDLED, "{}");
    expected();
    long end = syscall(SYS_brk, 0), changed = 0;
    must(sigaction(SIGALRM, &alarm, NULL) == 0 && sigaction(SIGUSR1, &other, NULL) == 0, "sigaction");
    pid_t parent = getpid(), child = fork();
    if (child == 0) send_for_ever(parent);
    while (setitimer(ITIMER_REAL, &soon, NULL) < 0) continue;
    for (long i = 0; i < CALLS || alarms < HANDLED || others < HANDLED; i++) changed += syscall(SYS_brk, end) != end;
    while (setitimer(ITIMER_REAL, &never, NULL) < 0) continue;
    while (kill(child, SIGKILL) < 0) continue;
    while (waitpid(child, NULL, 0) < 0) continue;
    if (changed) fprintf(stderr, "brk failed %ld times\n", changed);
    return changed ? 1 : 0;
}
