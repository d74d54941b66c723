/* Signals arrive with what belongs to them; a handler's return is a call of its own, and a call can be interrupted. */
#include "workload.h"

static volatile sig_atomic_t handled, value, sender;

static void handler(int number, siginfo_t *info, void *context) {
    (void)number;
    (void)context;
    handled++;
    value = info->si_value.sival_int;
    sender = info->si_pid;
}

int main(void) {
    struct sigaction action = {.sa_sigaction = handler, .sa_flags = SA_SIGINFO};
    sigaction(SIGUSR1, &action, NULL);
    sigaction(SIGTRAP, &action, NULL);
    expect("rt_sigreturn", 7, "{}");
    expect("rt_sigqueueinfo", 5, "{}");
    expect("ppoll", 1, "{514:1}"); /* ERESTARTNOHAND */
    expected();
    for (int i = 1; i <= 5; i++) {
        must(sigqueue(getpid(), SIGUSR1, (union sigval){.sival_int = i}) == 0, "sigqueue");
        must(handled == i && value == i && sender == getpid(), "the signal's own data");
    }
    raise(SIGTRAP); /* the signal that ptrace's stops use too */
    must(handled == 6, "SIGTRAP");
    pid_t parent = getpid(), pid = fork();
    if (pid == 0) {
        /* Until the parent sleeps in ppoll. */
        char name[64], state = 0;
        snprintf(name, sizeof name, "/proc/%d/stat", parent);
        while (state != 'S') {
            FILE *file = fopen(name, "re");
            must(file && fscanf(file, "%*d (%*[^)]) %c", &state) == 1, "stat");
            fclose(file);
            usleep(1000);
        }
        kill(parent, SIGUSR1);
        _exit(0);
    }
    must(syscall(SYS_ppoll, NULL, 0, NULL, NULL, 8) == -1 && errno == EINTR, "ppoll");
    must(handled == 7, "interrupted");
    status_of(pid);
    return 0;
}
