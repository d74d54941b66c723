/* The command lines of `profgen-tracer record`, `attach` and `relay`. */
#ifndef PROFGEN_OPTIONS_H
#define PROFGEN_OPTIONS_H

#include <stdbool.h>

#include "backend.h"
#include "launch.h"
#include "phase.h"

struct options {
    const char *journal;
    const char *run_id;
    const char *engine; /* whose container this is, NULL outside of one */
    char *const *engine_options; /* NULL or ends with NULL */
    const struct backend *backend;
    bool automatic;      /* the best back end was asked for */
    const char *base;    /* NULL: none */
    unsigned late_after; /* see struct calls, quiet_wanted */
    bool near_always;    /* see struct near */
    const char *filter;          /* NULL: none */
    bool until_all;
    unsigned progress_interval; /* milliseconds, 0: no progress lines */
    const char *control;        /* a file whose words are obeyed, or NULL */
    bool end_with_parent;
    enum phase phase;           /* in which the run begins */
    int32_t ready_call;         /* -1: none */
    int stop_signal;
    unsigned stop_grace; /* milliseconds */
    bool alone;          /* attach: without the processes below */
    struct launch_options launch;
};

/* The arguments from the subcommand's name on. Prints what is wrong on stderr: 0 or -EINVAL. Decoded texts stay in argv. */
int options_parse(int argc, char **argv, struct options *options);

extern const char options_usage[];

#endif
