/*
 * User notification: a filter that the workload gets before its first call has the kernel ask the tracer about each one
 * (SECCOMP_RET_USER_NOTIF), which has it made. Processes are followed by ptrace, at their beginnings and ends only.
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

/* Waits for a call and has it made, or until a tracee has stopped or a tick has come. */
void notify_serve(struct tracer *tracer);

#endif
