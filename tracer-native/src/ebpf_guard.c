/*
 * Nobody's tracees would go on if the tracer were killed. So a process waits for its end, which holds the programs and maps
 * meanwhile: whatever is followed then is killed, also what is forked while that is done.
 */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ebpf_run.h"

enum { ROUNDS = 1000, PAUSE_MS = 10 };

static void kill_followed(int tasks)
{
    uint32_t tid, *last = NULL;
    for (uint32_t next; bpf_map_next(tasks, last, &next) == 0; last = &tid) {
        tid = next;
        kill((pid_t)tid, SIGKILL);
    }
}

_Noreturn static void stand_guard(const struct ebpf *ebpf, pid_t tracer, int tracers_end)
{
    struct pollfd wait = {.fd = tracers_end, .events = POLLIN};
    sigset_t all;
    prctl(PR_SET_NAME, "profgen-guard", 0, 0, 0);
    setsid(); /* what ends the tracer with its whole group or session is not its end */
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, NULL);
    for (int fd = 0; fd < 3; fd++) close(fd);
    while (getppid() == tracer && poll(&wait, 1, -1) < 0 && errno == EINTR)
        ;
    for (int i = 0; i < ROUNDS && __atomic_load_n(&ebpf->state->live, __ATOMIC_ACQUIRE) > 0; i++) {
        kill_followed(ebpf->maps[MAP_TASKS]);
        poll(NULL, 0, PAUSE_MS);
    }
    _exit(0);
}

pid_t ebpf_guard_start(const struct ebpf *ebpf)
{
    pid_t tracer = getpid();
    int tracers_end = (int)syscall(SYS_pidfd_open, tracer, 0);
    if (tracers_end < 0) return -errno;
    pid_t guard = fork();
    int error = errno;
    if (guard == 0) stand_guard(ebpf, tracer, tracers_end);
    close(tracers_end);
    return guard < 0 ? -error : guard;
}

void ebpf_guard_end(pid_t guard)
{
    if (guard <= 0) return;
    kill(guard, SIGKILL);
    while (waitpid(guard, NULL, 0) < 0 && errno == EINTR)
        ;
}
