/* Job control as without a tracer: the parent sees its child stop, go on and end; a stopped sleep is restarted by the kernel. */
#include <time.h>

#include "workload.h"

static void child(void) {
    mark();
    struct timespec long_enough = {.tv_sec = 60};
    syscall(SYS_nanosleep, &long_enough, NULL);
    _exit(0);
}

/* Stopped and continued before it sleeps, it would not restart anything: look whether it sleeps. */
static void await_sleep(pid_t pid) {
    char name[64], state = 0;
    snprintf(name, sizeof name, "/proc/%d/stat", pid);
    while (state != 'S') {
        FILE *file = fopen(name, "re");
        must(file && fscanf(file, "%*d (%*[^)]) %c", &state) == 1, "stat");
        fclose(file);
        usleep(1000);
    }
}

int main(void) {
    int status;
    expect("getsid", 1, "{}");
    expect("nanosleep", 1, "{516:1}"); /* ERESTART_RESTARTBLOCK, which only a tracer sees */
    expect("restart_syscall", 1, "{516:1}");
    expected();
    /* Even a signal that is ignored interrupts a traced sleep, and usleep would be restarted too. */
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGCHLD);
    sigprocmask(SIG_BLOCK, &ends, NULL);
    pid_t pid = fork();
    if (pid == 0) child();
    await_sleep(pid);
    kill(pid, SIGSTOP);
    must(waitpid(pid, &status, WUNTRACED) == pid && WIFSTOPPED(status) && WSTOPSIG(status) == SIGSTOP, "stopped");
    must(waitpid(pid, &status, WNOHANG | WCONTINUED) == 0, "stays stopped");
    kill(pid, SIGCONT);
    must(waitpid(pid, &status, WCONTINUED) == pid && WIFCONTINUED(status), "continued");
    await_sleep(pid);
    kill(pid, SIGTERM);
    must(waitpid(pid, &status, 0) == pid && WIFSIGNALED(status) && WTERMSIG(status) == SIGTERM, "ended");
    return 0;
}
