/* Each of the 64 signals once: those that can be handled in a handler, libc's own two waited for, KILL and STOP to a child. */
#include "workload.h"

#include <time.h>

static volatile sig_atomic_t came[65];

static void handler(int number) {
    came[number]++;
}

static void send_to_itself(int number) {
    must(syscall(SYS_tgkill, getpid(), syscall(SYS_gettid), number) == 0, "tgkill");
}

static void handle(int number) {
    struct sigaction action = {.sa_handler = handler};
    must(sigaction(number, &action, NULL) == 0, "sigaction");
    send_to_itself(number);
    must(came[number] == 1, "a signal came once");
}

/* libc does not let them be handled. */
static void await(int number) {
    uint64_t set = UINT64_C(1) << (number - 1);
    struct timespec limit = {20, 0};
    must(syscall(SYS_rt_sigprocmask, SIG_BLOCK, &set, NULL, sizeof set) == 0, "rt_sigprocmask");
    send_to_itself(number);
    must(syscall(SYS_rt_sigtimedwait, &set, NULL, &limit, sizeof set) == number, "rt_sigtimedwait");
}

static void stop_and_kill(void) {
    int status;
    pid_t child = fork();
    if (child == 0)
        for (;;)
            ; /* it is not known which calls it would come to make */
    kill(child, SIGSTOP);
    must(waitpid(child, &status, WUNTRACED) == child && WIFSTOPPED(status), "stopped");
    kill(child, SIGKILL);
    status = status_of(child);
    must(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL, "killed");
}

int main(void) {
    expect("rt_sigreturn", 60, "{}");
    expect("rt_sigtimedwait", 2, "{}");
    expected();
    for (int number = 1; number <= 64; number++) {
        if (number == SIGKILL || number == SIGSTOP) continue;
        if (number == 32 || number == 33)
            await(number);
        else
            handle(number);
    }
    signal(SIGCHLD, SIG_DFL);
    stop_and_kill();
    return 0;
}
