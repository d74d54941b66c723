/* What `record` and `attach` have in common: the first and the last lines of a journal, and the tracer's settings. */
#ifndef PROFGEN_RUN_H
#define PROFGEN_RUN_H

#include "journal.h"
#include "options.h"
#include "trace.h"

enum { STATUS_FAILED = 125 };

/* What is recorded, as the journal's first line has it. */
struct subject {
    const char *engine, *cwd;
    char *const *command;
};

void run_write_start(struct journal *journal, const struct options *options, const struct subject *subject);
void run_write_error(struct journal *journal, const char *stage, int error, const char *message);
/* The totals and the last line; the status counts if the main process ended by itself. */
void run_write_end(const struct tracer *tracer, int exit_status);

/* One line on standard error; STATUS_FAILED. */
int run_complain(const char *object, const char *problem);
/* What the journal has taken is for its reader to say: the terminal belongs to the workload. */
int run_complain_unless_written(const struct journal *journal, const char *object, const char *problem);
int run_failed(struct journal *journal, const char *stage, const char *object, int error);
/* The status, or STATUS_FAILED and a word about it if lines of the journal were lost. */
int run_checked(const struct journal *journal, const char *path, int status);

/* Ready to trace, in the run's first phase. 0, or STATUS_FAILED with the error written. */
int run_begin(struct tracer *tracer, struct journal *journal, struct launched *launched, const struct options *options);
/* Starts the ticks that progress and control need. 0 or negative errno. */
int run_tick(const struct tracer *tracer);

#endif
