/* Allocation that cannot fail: without memory the tracer ends, and PTRACE_O_EXITKILL ends the workload. */
#ifndef PROFGEN_MEMORY_H
#define PROFGEN_MEMORY_H

#include <stddef.h>

void *memory_new(size_t size); /* zeroed */
void *memory_resize(void *old, size_t size);
char *memory_text(const char *text);

#endif
