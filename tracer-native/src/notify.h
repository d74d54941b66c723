/*
 * User notification: a filter that the workload gets before its first call has the kernel ask the tracer about each one
 * (SECCOMP_RET_USER_NOTIF), which has it made. Processes are followed by ptrace, at their beginnings and ends, and at the few
 * calls whose arguments may have to be changed.
 */
#ifndef PROFGEN_NOTIFY_H
#define PROFGEN_NOTIFY_H

#include <stdbool.h>

struct tracer;
struct task;

struct notify {
    bool on, loaded;
    int listener; /* -1: none yet, or none any more */
    bool hides_told;
};

/* At the exit of a call before COMMAND runs: loads the filter. 0, or -ESRCH with *status as late_after_call() has it. */
int notify_load(struct tracer *tracer, struct task *task, int *status);

/* After the entry of a call, whether its filter notified of it or stopped it. */
void notify_entered(struct tracer *tracer, struct task *task);

/* Waits for a call and has it made, or until a tracee has stopped or a tick has come. */
void notify_serve(struct tracer *tracer);

#endif
