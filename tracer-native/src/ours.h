/* Filters that the recorder loads stop calls for it in a way of their own, for a workload's can have calls stop as well. */
#ifndef PROFGEN_OURS_H
#define PROFGEN_OURS_H

#include <linux/seccomp.h>

/* What the tracer hears of the filter that stopped a call. Where several did, it is the one that was loaded last. */
#define MARK_OF_OURS 0x7067u
#define STOP_BY_OURS (SECCOMP_RET_TRACE | MARK_OF_OURS)

#endif
