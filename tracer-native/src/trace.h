/* The ptrace loop: follows every thread of the workload from its first instruction to the end. */
#ifndef PROFGEN_TRACE_H
#define PROFGEN_TRACE_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "calls.h"
#include "denials.h"
#include "journal.h"
#include "launch.h"
#include "tasks.h"

struct tracer {
    struct journal *journal;
    struct launched *launched;
    bool until_all;
    bool pid1;        /* the main process is PID 1: its end kills the rest before it is reported */
    bool beneath;     /* and the tracer with it, so that its last word must come before that end */
    bool over;        /* it has come to that end, and waits there until the tracer has gone */
    struct calls calls;
    struct tasks tasks;
    const struct sock_fprog *filter; /* that the workload runs under, or NULL */
    struct denials denials;
    bool started;     /* the main process has executed COMMAND */
    bool main_ended;
    int main_status;  /* as waitpid gave it */
    int main_forced;  /* the signal that SIGKILL stands for, see is_forced() */
    bool rest_named;  /* what still ran at the end is in the journal */
    bool killing;     /* the main process has ended and the rest must not go on */
    uint64_t lost_stops;
    unsigned abis_noted;
    uint64_t calls_reported; /* in the last progress line */
    size_t running_reported;
};

/* Attaches to the main process, which waits for launch_go(). 0 or negative errno. */
int trace_seize(struct tracer *tracer);

/* Until the workload is over: the main process, and then the rest is killed, or waited for with until_all. 0 or negative errno. */
int trace_run(struct tracer *tracer);

#endif
