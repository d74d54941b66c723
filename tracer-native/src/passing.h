/* A seccomp filter that lets through what has been seen, and stops the rest for the tracer (SECCOMP_RET_TRACE). */
#ifndef PROFGEN_PASSING_H
#define PROFGEN_PASSING_H

#include <linux/filter.h>

#include "calls.h"

/*
 * Let through is a call that has succeeded once, whoever made it, since only so can a recording say of a call that it
 * never did; one whose arguments are watched for the values alone that were seen, all 64 bits of them, unless there are so
 * many that none is kept. Never clone3, nor what loads a filter, nor a child that no tracer would follow, nor the awaited
 * call (-1: none) in the architecture's own ABI. What is let through is marked in calls. 0 with the program, which is the
 * caller's to free; -E2BIG: there is none.
 */
int passing_filter(struct calls *calls, int32_t awaited, struct sock_fprog *program);

#endif
