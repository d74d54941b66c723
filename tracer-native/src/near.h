/*
 * A tracee that goes on where the tracer runs, and a tracer that is woken where the tracee runs.
 *
 * The kernel resumes a stopped tracee on an idle processor, for the tracer still runs on its own, and it wakes the tracer on
 * an idle one, for the tracee still runs on its: two wake-ups of processors at each stop, which cost ten times what the stop
 * does. So the tracee is bound to the tracer's processor while it is queued there, and is free again before the tracer waits;
 * the tracer stays bound.
 *
 * Nobody whom this tracer follows can see that, or has a part of it: while a task or the tracer is bound, none of them is
 * within a call that could tell, inherit or change a mask of processors, and none can begin one, for it would stop at its entry,
 * and wait there for the tracer. What goes on at that moment is code outside of calls, and calls that are blind to the mask.
 * Others, of another tracer or of none, may see the tracer bound, and a task for some microseconds; what they bind a task to within
 * these may be undone.
 *
 * Where the other processors are busy, or are woken quickly, that costs more than it saves: now and then a few stops are made
 * without it, and a few with it, to see.
 */
#ifndef PROFGEN_NEAR_H
#define PROFGEN_NEAR_H

#include <stdbool.h>
#include <stdint.h>

#include "abi.h"

struct tracer;
struct task;

/* Room for more processors than a kernel can have (8192): it wants no mask that is shorter than its own. */
struct processors {
    unsigned long bits[128];
};

struct near {
    bool on;
    bool always;       /* whether it helps or not */
    bool helps;        /* stops take long without it, and less with it */
    bool bound;        /* the tracer is, */
    int bound_to;      /* to this processor */
    enum near_trial { NEAR_IS_KNOWN, NEAR_TRIES_WITHOUT, NEAR_TRIES_WITH } trial; /* whether it helps */
    unsigned left;     /* resumptions until that is to change */
    uint64_t resumed;  /* when, in nanoseconds, if that one is tried */
    bool resumed_near;
    uint64_t without, with; /* the least time to the next stop, in nanoseconds, of those tried */
    uint64_t sysfs;    /* its device, 0: none */
    struct processors everywhere; /* the mask of a task that nobody has bound, as the kernel tells it */
};

/* Whether it can be done here, where the workload has not begun to run. */
void near_start(struct tracer *tracer);

/* For the rest of the run: something of the workload can look on that does not stop at its calls. */
void near_stop(struct tracer *tracer);

/* At the entry of a call: whether it neither tells nor inherits nor changes any task's mask. */
bool near_is_blind(const struct tracer *tracer, struct task *task, abi_t abi, int32_t nr, const uint64_t arguments[6]);

/* Around the resumption to the next stop at a call. Whether it is bound, and is to be freed. */
bool near_bind(struct tracer *tracer, struct task *task);
void near_free(const struct task *task);

/* At the next stop, whosever it is. */
void near_stopped(struct tracer *tracer);

#endif
