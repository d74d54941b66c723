/* System calls that a tracee makes for the tracer, at a stop at the exit of one of its own. */
#ifndef PROFGEN_INJECT_H
#define PROFGEN_INJECT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* Of a tracee that has been killed, and whose end is still to be reported. */
enum { INJECT_NO_STATUS = -1 };

struct injection {
    pid_t tid;
    struct arch_registers before;
    uint64_t mask;
    uint64_t held;   /* signals that came meanwhile: bit n-1 is signal n */
    bool was_halted; /* its group was stopped meanwhile */
    int status;      /* after -ESRCH: what waitpid said of the tracee, to be looked at as any other stop or end; or INJECT_NO_STATUS */
};

/* Blocks its signals. 0; -EINVAL, with nothing changed, if it is not right behind an instruction that makes calls. */
int inject_begin(struct injection *injection, pid_t tid);

/*
 * 0 with the result, which may be a negative errno of the call; or negative errno. With -ESRCH the tracee is not what it
 * was (it has ended, or another thread's execve has ended it), and there is nothing to put back.
 */
int inject_call(struct injection *injection, long nr, const uint64_t arguments[6], uint64_t *result);

/* Everything as it was before; the tracee is still to be resumed. */
void inject_end(const struct injection *injection);

/* At the stop at the entry of a call. 0 or negative errno. */
int inject_first_argument(pid_t tid, abi_t abi, uint64_t value);
/* 0 or negative errno. */
int inject_write(pid_t tid, uint64_t address, const void *bytes, size_t size);

#endif
