/* `profgen-tracer attach`: records processes that were there before, for a while, and lets them go on. */
#ifndef PROFGEN_ATTACH_H
#define PROFGEN_ATTACH_H

#include "options.h"

/* The exit status: 0 when the journal is complete up to its last line, else 125. */
int attach_run(const struct options *options);

#endif
