/* What an earlier recording has, for the late filter to let through from the start. */
#ifndef PROFGEN_BASE_H
#define PROFGEN_BASE_H

#include "calls.h"

/*
 * A file of lines "ABI NUMBER", with the values of a tuple of watched arguments behind, or with a * if there are too many.
 * They go into calls->base. 0; -EINVAL for another line, or another negative errno.
 */
int base_read(struct calls *calls, const char *path);

#endif
