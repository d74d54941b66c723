/* The filter that tells of every call: by notification, save for those whose arguments may have to be changed first. */
#ifndef PROFGEN_TELLING_H
#define PROFGEN_TELLING_H

#include <linux/filter.h>

/*
 * clone and clone3 stop for the tracer. All of them: of one whose flags have changed the kernel would ask the filter again,
 * and those of clone3 it cannot see. The program is static.
 */
struct sock_fprog telling_filter(void);

#endif
