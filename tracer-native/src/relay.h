/* `profgen-tracer relay`: an engine's client as it would be without a JVM above it. */
#ifndef PROFGEN_RELAY_H
#define PROFGEN_RELAY_H

#include "options.h"

/* The command's own status, as a shell has it; 125 when it was not started for profgen's own reasons. */
int relay_run(const struct options *options);

#endif
