/* Traces a child that asks for it, and one that it seizes. */
#include <sys/ptrace.h>

#include "workload.h"

enum { STEPS = 50 };

static void asks_to_be_traced(void) {
    must(ptrace(PTRACE_TRACEME, 0, NULL, NULL) == 0, "PTRACE_TRACEME");
    raise(SIGSTOP);
    for (int i = 0; i < STEPS; i++) mark();
    _exit(5);
}

/* Two stops at each call, and none is missed. */
static void steps_through_calls(void) {
    int status, stops = 0;
    pid_t child = fork();
    if (child == 0) asks_to_be_traced();
    must(waitpid(child, &status, 0) == child && WIFSTOPPED(status), "its stop");
    must(ptrace(PTRACE_SETOPTIONS, child, NULL, (void *)PTRACE_O_TRACESYSGOOD) == 0, "PTRACE_SETOPTIONS");
    for (;;) {
        must(ptrace(PTRACE_SYSCALL, child, NULL, NULL) == 0, "PTRACE_SYSCALL");
        must(waitpid(child, &status, 0) == child, "waitpid");
        if (WIFEXITED(status)) break;
        if (WSTOPSIG(status) == (SIGTRAP | 0x80)) stops++;
    }
    must(WEXITSTATUS(status) == 5 && stops > 2 * STEPS, "all stops");
}

static void seizes(void) {
    int status;
    pid_t child = fork();
    if (child == 0)
        for (;;) mark();
    must(ptrace(PTRACE_SEIZE, child, NULL, NULL) == 0, "PTRACE_SEIZE");
    must(ptrace(PTRACE_INTERRUPT, child, NULL, NULL) == 0, "PTRACE_INTERRUPT");
    must(waitpid(child, &status, 0) == child && WIFSTOPPED(status), "its stop");
    must(ptrace(PTRACE_DETACH, child, NULL, NULL) == 0, "PTRACE_DETACH");
    kill(child, SIGKILL);
    status_of(child);
}

int main(void) {
    steps_through_calls();
    seizes();
    return 0;
}
