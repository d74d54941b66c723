#include "arguments.h"

#include <errno.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/uio.h>

/* Numbers of socketcall's first argument (linux/net.h, which clashes with libc's headers). */
enum { CALL_SOCKET = 1, CALL_SOCKETPAIR = 8, CALL_SETSOCKOPT = 14, CALL_GETSOCKOPT = 15 };

const struct watched *arguments_watched(abi_t abi, int32_t nr)
{
    if (abi >= ABI_COUNT) return NULL;
    const struct watched_table *table = &watched_tables[abi];
    for (size_t i = 0; i < table->count; i++)
        if (table->rows[i].nr == nr) return &table->rows[i];
    return NULL;
}

/* process_vm_readv is one call, but can be refused where ptrace's own access is not. */
static int read_memory(pid_t tid, uint64_t address, void *buffer, size_t size)
{
    struct iovec local = {buffer, size}, remote = {(void *)(uintptr_t)address, size};
    if (process_vm_readv(tid, &local, 1, &remote, 1, 0) == (ssize_t)size) return 0;
    for (size_t done = 0; done < size; done += sizeof(long)) {
        errno = 0;
        long word = ptrace(PTRACE_PEEKDATA, tid, (void *)(uintptr_t)(address + done), NULL);
        if (errno) return -errno;
        size_t part = size - done < sizeof word ? size - done : sizeof word;
        memcpy((char *)buffer + done, &word, part);
    }
    return 0;
}

static int read_socketcall(pid_t tid, const uint64_t arguments[6], uint64_t values[4])
{
    uint32_t block[3];
    size_t first;
    for (size_t i = 1; i < 4; i++) values[i] = 0;
    values[0] = arguments[0];
    switch (arguments[0]) {
    case CALL_SOCKET:
    case CALL_SOCKETPAIR:
        first = 0;
        break;
    case CALL_SETSOCKOPT:
    case CALL_GETSOCKOPT:
        first = 1; /* after the descriptor: level and name */
        break;
    default:
        return 4;
    }
    size_t count = first == 0 ? 3 : 2;
    int error = read_memory(tid, arguments[1] + first * sizeof *block, block, count * sizeof *block);
    if (error) return error;
    for (size_t i = 0; i < count; i++) values[1 + i] = block[i];
    return 4;
}

int arguments_read(pid_t tid, const struct watched *watched, const uint64_t arguments[6], uint64_t values[4])
{
    if (watched->role == ROLE_SOCKETCALL) return read_socketcall(tid, arguments, values);
    if (watched->role == ROLE_CLONE3) {
        int error = read_memory(tid, arguments[0], values, sizeof *values);
        return error ? error : 1;
    }
    for (int i = 0; i < watched->count; i++) values[i] = arguments[watched->index[i]];
    return watched->count;
}
