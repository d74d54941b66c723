/* `profgen-tracer record`: one run of a workload into one journal. */
#ifndef PROFGEN_RECORD_H
#define PROFGEN_RECORD_H

#include "options.h"

/* The tracer's exit status: 0, or in a container's front the workload's, when the journal is complete up to its last line, else 125. */
int record_run(const struct options *options);

#endif
