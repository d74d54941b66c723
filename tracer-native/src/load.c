#include "load.h"

#include <errno.h>
#include <linux/seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

static int call_in(struct loading *loading, long nr, uint64_t a, uint64_t b, uint64_t c, uint64_t d, int64_t *result)
{
    const uint64_t arguments[6] = {a, b, c, d, 0, 0};
    return inject_call(&loading->injection, nr, arguments, (uint64_t *)result);
}

static bool is_error(int64_t result)
{
    return result < 0 && result >= -HIGHEST_ERRNO;
}

/* As struct sock_fprog lies in memory, and behind it the program. */
static int write_program(pid_t tid, uint64_t address, const struct sock_fprog *program)
{
    struct sock_fprog there = {program->len, (struct sock_filter *)(uintptr_t)(address + sizeof there)};
    int error = inject_write(tid, address, &there, sizeof there);
    if (!error) error = inject_write(tid, address + sizeof there, program->filter, program->len * sizeof *program->filter);
    return error;
}

static int seccomp_in(struct loading *loading, uint64_t address)
{
    return call_in(loading, SYS_seccomp, SECCOMP_SET_MODE_FILTER, loading->flags, address, 0, &loading->result);
}

static int load_from(struct loading *loading, uint64_t address)
{
    int64_t unused;
    int error = seccomp_in(loading, address);
    if (error || loading->result != -EACCES || loading->keeps_privileges) return error;
    loading->task->deprived = true;
    error = call_in(loading, SYS_prctl, PR_SET_NO_NEW_PRIVS, 1, 0, 0, &unused);
    return error ? error : seccomp_in(loading, address);
}

/* A filter may already see the last call here, and what it does with it: a listener's would wait for an answer. */
static bool unmaps(const struct loading *loading)
{
    return !(loading->flags & SECCOMP_FILTER_FLAG_NEW_LISTENER) || is_error(loading->result);
}

static int load_in_memory(struct loading *loading)
{
    int64_t address, unused;
    uint64_t size = sizeof *loading->program + loading->program->len * sizeof *loading->program->filter;
    int error = call_in(loading, SYS_mmap, 0, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, &address);
    if (error) return error;
    if (is_error(address)) {
        loading->result = address;
        return 0;
    }
    error = write_program(loading->task->tid, (uint64_t)address, loading->program);
    if (!error) error = load_from(loading, (uint64_t)address);
    if (error == -ESRCH || !unmaps(loading)) return error;
    int last = call_in(loading, SYS_munmap, (uint64_t)address, size, 0, 0, &unused);
    return last ? last : error;
}

int load_filter(struct loading *loading)
{
    int error = inject_begin(&loading->injection, loading->task->tid);
    if (error) return error == -ESRCH ? -EAGAIN : error;
    error = load_in_memory(loading);
    if (error != -ESRCH) inject_end(&loading->injection);
    return error;
}
