/*
 * The late filter: calls are stopped at twice until an executable has shown nothing new for a while. Then its process is
 * made to load a filter that lets through what has been seen and stops the rest, and is stopped no more than that.
 * The first filter that a process gets is the relaxed one already, since a filter can only be tightened.
 */
#ifndef PROFGEN_LATE_H
#define PROFGEN_LATE_H

#include <stdbool.h>
#include <stdint.h>

struct tracer;
struct task;
struct call;

struct late {
    bool on;
    uint64_t filtered;      /* processes that were made to load the filter */
    uint64_t unfollowed;    /* calls that the filter stopped and whose exit was not waited for */
    bool keeps_privileges;  /* a program with privileges of its own was executed: no_new_privs would take them */
    bool told;              /* why processes stay without a filter */
    bool strict_told;
};

/* Whether the task runs on to the next call that its filter stops, or to its next call. */
bool late_lets_run(const struct task *task);

/* After a call with this result: the filter, where it is time. 0, or -ESRCH with *status as struct injection has it. */
int late_after_call(struct tracer *tracer, struct task *task, const struct call *call, int64_t result, int *status);

/* At a stop of the filter's, when the call has been entered: one of a flood is not followed to its exit. */
void late_stopped(struct tracer *tracer, struct task *task);

/* A process of its own filter sees no more of ours. */
void late_keep_out(struct tracer *tracer, const struct task *task);
void late_inherit(struct task *child, const struct task *parent);

/* After a call that failed: whether our filter is to blame. */
void late_failed(struct tracer *tracer, const struct task *task, int error);

/* Into the ledger, at the end. */
void late_write_notes(const struct tracer *tracer);

#endif
