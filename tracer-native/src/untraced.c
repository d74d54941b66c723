#include "untraced.h"

#include <errno.h>
#include <signal.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "trace_internal.h"

int untraced_seize(struct tracer *tracer)
{
    pid_t pid = tracer->launched->main_pid;
    long options = PTRACE_O_TRACEEXEC | PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL;
    if (ptrace(PTRACE_SEIZE, pid, NULL, (void *)options) < 0) return -errno;
    tasks_add(&tracer->tasks, pid, pid);
    return 0;
}

static void remove_task(struct task *task, void *tasks)
{
    tasks_remove(tasks, task);
}

void untraced_forget_tasks(struct tracer *tracer)
{
    tasks_each(&tracer->tasks, remove_task, &tracer->tasks);
    tracer->tasks.processes_now = 0;
}

int untraced_reported(struct tracer *tracer, int status, int resume, int (*begin)(struct tracer *))
{
    if (!WIFSTOPPED(status)) {
        untraced_forget_tasks(tracer); /* its number is free for others now */
        trace_main_ended(tracer, status);
    } else if (status >> 16 == PTRACE_EVENT_EXEC) {
        tracer->started = true;
        return begin(tracer);
    } else {
        ptrace(resume, tracer->launched->main_pid, NULL, (void *)(long)(status >> 16 ? 0 : WSTOPSIG(status)));
    }
    return 0;
}

int untraced_await_execution(struct tracer *tracer, int (*begin)(struct tracer *), void (*heed)(struct tracer *))
{
    pid_t pid = tracer->launched->main_pid;
    while (!tracer->started && !tracer->main_ended) {
        int status, error = 0;
        if (waitpid(pid, &status, __WALL) >= 0)
            error = untraced_reported(tracer, status, PTRACE_CONT, begin);
        else if (errno == EINTR)
            heed(tracer);
        else
            error = -errno;
        if (error < 0) return error;
    }
    return 0;
}

int untraced_end(const struct tracer *tracer)
{
    if (tracer->launched->init_pid) return tracer->launched->status_fd;
    int fd = (int)syscall(SYS_pidfd_open, tracer->launched->main_pid, 0);
    return fd < 0 ? -errno : fd;
}

int untraced_status(const struct tracer *tracer, int ended, int *status)
{
    if (!tracer->launched->init_pid) {
        pid_t pid = waitpid(tracer->launched->main_pid, status, WNOHANG | __WALL);
        return pid > 0 ? 0 : pid == 0 ? -EAGAIN : -errno;
    }
    ssize_t got = read(ended, status, sizeof *status);
    if (got < 0) return errno == EINTR ? -EAGAIN : -errno;
    if (got != sizeof *status) *status = SIGKILL; /* init itself was killed, and all with it */
    return 0;
}
