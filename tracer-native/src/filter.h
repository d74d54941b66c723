/* A seccomp filter that the workload runs under, and its classic-BPF program run again by the tracer, which so knows its answer to a call. */
#ifndef PROFGEN_FILTER_H
#define PROFGEN_FILTER_H

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stdbool.h>
#include <stdint.h>

/* A file of struct sock_filter, 1 to BPF_MAXINSNS of them. 0 or negative errno; what it allocates is kept. */
int filter_read(const char *path, struct sock_fprog *program);

/* What the program answers, SECCOMP_RET_* with its data. The program must be one that the kernel has accepted. */
uint32_t filter_run(const struct sock_fprog *program, const struct seccomp_data *data);

/* Whether the call is not made. */
bool filter_denies(uint32_t answer);

#endif
