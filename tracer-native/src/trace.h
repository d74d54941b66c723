/* The ptrace loop: follows every thread of the workload from its first instruction to the end. */
#ifndef PROFGEN_TRACE_H
#define PROFGEN_TRACE_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "backend.h"
#include "calls.h"
#include "control.h"
#include "denials.h"
#include "journal.h"
#include "late.h"
#include "launch.h"
#include "near.h"
#include "notify.h"
#include "tasks.h"

struct tracer {
    const struct backend *backend;
    const char *problem; /* of a back end that could not start: more than an errno says, or NULL */
    struct journal *journal;
    const char *journal_path;
    struct launched *launched;
    bool until_all;
    int32_t ready_call; /* its first success in the architecture's own ABI begins to serve; -1: none does */
    int stop_signal;    /* what asks the main process to end */
    unsigned stop_grace; /* milliseconds from then until it is killed */
    unsigned progress_interval; /* milliseconds, 0: no progress lines */
    pid_t parent;       /* profgen, whose end ends the run too; 0: it does not */
    bool attached;      /* to processes that were there before and go on afterwards */
    struct control control;
    bool pid1;        /* the main process is PID 1: its end kills the rest before it is reported */
    bool beneath;     /* and the tracer with it, so that its last word must come before that end */
    bool over;        /* it has come to that end, and waits there until the tracer has gone */
    struct calls calls;
    struct tasks tasks;
    const struct sock_fprog *filter; /* that the workload runs under, or NULL */
    struct denials denials;
    struct late late;
    struct near near;
    struct notify notify;
    bool started;     /* the main process has executed COMMAND */
    bool main_ended;
    int main_status;  /* as waitpid gave it */
    int main_forced;  /* the signal that SIGKILL stands for, see is_forced() */
    bool rest_named;  /* what still ran at the end is in the journal */
    bool killing;     /* the main process has ended and the rest must not go on */
    bool stopping;    /* the end was asked for */
    uint64_t kill_at; /* end of the grace by the journal's clock, 0: none runs */
    bool detaching;   /* attached: the end was asked for, or has come */
    uint64_t lost_stops;
    unsigned abis_noted;
    uint64_t calls_reported; /* in the last progress line */
    size_t running_reported;
    uint64_t progress_due; /* by the journal's clock */
};

/* The back end: by ptrace, at every entry and exit of a call. */
int trace_seize(struct tracer *tracer);

/* To every thread of the process and of those below it, while they run. What cannot be attached of the latter is noted. */
int trace_attach(struct tracer *tracer, pid_t pid, bool with_tree, char *problem, size_t size);
int trace_run(struct tracer *tracer);

#endif
