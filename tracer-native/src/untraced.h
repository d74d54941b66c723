/* For back ends whose workload is nobody's tracee of ours: its begin and its end. */
#ifndef PROFGEN_UNTRACED_H
#define PROFGEN_UNTRACED_H

#include "trace.h"

/* Only to its first execve: there it stands still while it is looked at, and is let go. 0 or negative errno. */
int untraced_seize(struct tracer *tracer);

/*
 * To the first execve, where begin() is called once and detaches, or to an end without one; heed() whenever a signal came
 * meanwhile. 0 or negative errno.
 */
int untraced_await_execution(struct tracer *tracer, int (*begin)(struct tracer *), void (*heed)(struct tracer *));

/*
 * What waitpid said of it before that; it is resumed by that request of ptrace's. With the first execve begin() is called,
 * with its end all is told. 0 or negative errno.
 */
int untraced_reported(struct tracer *tracer, int status, int resume, int (*begin)(struct tracer *));

/* A descriptor that is readable when the main process has ended, or negative errno. */
int untraced_end(const struct tracer *tracer);

/* How the main process ended, of that descriptor. 0, -EAGAIN: it has not, or negative errno. */
int untraced_status(const struct tracer *tracer, int ended, int *status);

void untraced_forget_tasks(struct tracer *tracer);

#endif
