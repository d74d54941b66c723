/*
 * What the workloads share. Each prints, before it makes them, the calls that a recording of it must contain, one per line:
 *     ABI NAME COUNT {ERRNO:COUNT,...}
 * Calls that libc makes too are not printed: of those only the C library knows how many there are.
 */
#ifndef WORKLOAD_H
#define WORKLOAD_H

#include <errno.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#if defined __x86_64__
#define NATIVE "x86_64"
#elif defined __loongarch64
#define NATIVE "loongarch64"
#endif

static inline void expect_of(const char *abi, const char *name, long count, const char *errnos) {
    printf("%s %s %ld %s\n", abi, name, count, errnos);
}

static inline void expect(const char *name, long count, const char *errnos) {
    expect_of(NATIVE, name, count, errnos);
}

/* Written at once: a child must not inherit the text in its buffer. */
static inline void expected(void) {
    fflush(stdout);
}

static inline void must(int condition, const char *what) {
    if (condition) return;
    fprintf(stderr, "workload: %s: %s\n", what, strerror(errno));
    _exit(99);
}

/* A call that libc never makes on its own. */
static inline void mark(void) {
    syscall(SYS_getsid, 0);
}

static inline int status_of(pid_t child) {
    int status;
    must(waitpid(child, &status, __WALL) == child, "waitpid");
    return status;
}

#endif
