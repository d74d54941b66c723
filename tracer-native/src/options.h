/* The command line of `profgen-tracer record` and `profgen-tracer relay`. */
#ifndef PROFGEN_OPTIONS_H
#define PROFGEN_OPTIONS_H

#include <stdbool.h>

#include "launch.h"

struct options {
    const char *journal;
    const char *run_id;
    const char *engine; /* whose container this is, NULL outside of one */
    char *const *engine_options; /* NULL or ends with NULL */
    const char *filter;          /* NULL: none */
    bool until_all;
    unsigned progress_interval; /* milliseconds, 0: no progress lines */
    struct launch_options launch;
};

/* The arguments from "record" or "relay" on. Prints what is wrong on stderr: 0 or -EINVAL. Decoded texts stay in argv. */
int options_parse(int argc, char **argv, struct options *options);

extern const char options_usage[];

#endif
