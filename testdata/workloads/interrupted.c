/*
 * Signals whose handlers want no call restarted come in the midst of calls that nothing interrupts: brk, and the ends of
 * handlers. It ends with 1 if a brk was, and by a signal if the end of a handler was.
 */
#include "workload.h"

enum { CALLS = 20000, HANDLED = 200 };

static volatile sig_atomic_t handled[2];

static void handler(int number) {
    handled[number == SIGUSR2]++;
}

static void send_for_ever(pid_t parent) {
    for (int i = 0; getppid() == parent; i++) kill(parent, i % 2 ? SIGUSR1 : SIGUSR2);
    _exit(0);
}

int main(void) {
    struct sigaction action = {.sa_handler = handler};
    expect("brk", CALLS, "{}");
    expect("rt_sigreturn", 2 * HANDLED, "{}");
    expected();
    long end = syscall(SYS_brk, 0), changed = 0;
    must(sigaction(SIGUSR1, &action, NULL) == 0 && sigaction(SIGUSR2, &action, NULL) == 0, "sigaction");
    pid_t parent = getpid(), child = fork();
    if (child == 0) send_for_ever(parent);
    for (long i = 0; i < CALLS || handled[0] < HANDLED || handled[1] < HANDLED; i++) changed += syscall(SYS_brk, end) != end;
    while (kill(child, SIGKILL) < 0) continue; /* this may be interrupted, as all other calls */
    while (waitpid(child, NULL, 0) < 0) continue;
    if (changed) fprintf(stderr, "brk failed %ld times\n", changed);
    return changed ? 1 : 0;
}
