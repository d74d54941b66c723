/* The ways to see the calls of a workload, as --tracer names them and the journal's first line does. */
#ifndef PROFGEN_BACKEND_H
#define PROFGEN_BACKEND_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct tracer;

struct backend {
    const char *name;
    bool untraced; /* the workload is nobody's tracee */
    /* Begins to watch the main process, which waits for launch_go(). 0, or negative errno and perhaps tracer->problem. */
    int (*start)(struct tracer *tracer);
    /*
     * Begins to watch a running process and, with_tree, those below it. 0, or negative errno with the reason in problem.
     * NULL: it cannot.
     */
    int (*attach)(struct tracer *tracer, pid_t pid, bool with_tree, char *problem, size_t size);
    /* Until the workload is over: the main process, and then the rest is killed, or waited for with until_all. 0 or negative errno. */
    int (*follow)(struct tracer *tracer);
};

extern const struct backend backend_ptrace, backend_late, backend_notify, backend_ebpf, backend_strace;

/* The best one that works here, for a workload that is going to be started. */
const struct backend *backend_best(void);

/* NULL: there is none of that name. */
const struct backend *backend_named(const char *name);

#endif
