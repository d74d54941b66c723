#include "inject.h"

#include <elf.h>
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "procfs.h"

static int get_registers(pid_t tid, struct arch_registers *registers)
{
    struct iovec part = {&registers->all, sizeof registers->all};
    if (ptrace(PTRACE_GETREGSET, tid, (void *)NT_PRSTATUS, &part) < 0) return -errno;
    /* In the midst of code of another ABI the kernel gives them in that one's layout. */
    return part.iov_len == sizeof registers->all ? 0 : -EINVAL;
}

static int set_registers(pid_t tid, const struct arch_registers *registers)
{
    struct iovec part = {(void *)&registers->all, sizeof registers->all};
    return ptrace(PTRACE_SETREGSET, tid, (void *)NT_PRSTATUS, &part) < 0 ? -errno : 0;
}

int inject_first_argument(pid_t tid, abi_t abi, uint64_t value)
{
    return arch_set_first_argument(tid, abi, value) < 0 ? -errno : 0;
}

int inject_write(pid_t tid, uint64_t address, const void *bytes, size_t size)
{
    struct iovec local = {(void *)bytes, size}, remote = {(void *)(uintptr_t)address, size};
    if (process_vm_writev(tid, &local, 1, &remote, 1, 0) == (ssize_t)size) return 0;
    for (size_t done = 0; done < size; done += sizeof(long)) {
        long word = 0;
        errno = 0;
        if (size - done < sizeof word) word = ptrace(PTRACE_PEEKDATA, tid, (void *)(uintptr_t)(address + done), NULL);
        if (errno) return -errno;
        memcpy(&word, (const char *)bytes + done, size - done < sizeof word ? size - done : sizeof word);
        if (ptrace(PTRACE_POKEDATA, tid, (void *)(uintptr_t)(address + done), (void *)word) < 0) return -errno;
    }
    return 0;
}

static bool follows_a_call(pid_t tid, uint64_t next_instruction)
{
    const uint32_t mask = (uint32_t)(UINT64_MAX >> (64 - 8 * ARCH_SYSCALL_SIZE));
    errno = 0;
    long word = ptrace(PTRACE_PEEKTEXT, tid, (void *)(uintptr_t)(next_instruction - ARCH_SYSCALL_SIZE), NULL);
    return errno == 0 && ((uint32_t)word & mask) == ARCH_SYSCALL;
}

int inject_begin(struct injection *injection, pid_t tid)
{
    uint64_t all = UINT64_MAX;
    *injection = (struct injection){.tid = tid, .status = INJECT_NO_STATUS};
    int error = get_registers(tid, &injection->before);
    if (error) return error;
    if (!follows_a_call(tid, arch_next_instruction(&injection->before))) return -EINVAL;
    if (ptrace(PTRACE_GETSIGMASK, tid, (void *)sizeof injection->mask, &injection->mask) < 0) return -errno;
    return ptrace(PTRACE_SETSIGMASK, tid, (void *)sizeof all, &all) < 0 ? -errno : 0;
}

/*
 * 0 or -ESRCH. The end of a group's leader is reported only when its other threads have been waited for, which is not done
 * here: so it is looked for, from time to time. SIGCHLD is blocked.
 */
static int await_report(pid_t tid, int *status)
{
    static const struct timespec time_to_time = {.tv_nsec = 10000000};
    sigset_t changes;
    sigemptyset(&changes);
    sigaddset(&changes, SIGCHLD);
    for (;;) {
        pid_t reported = waitpid(tid, status, __WALL | WNOHANG);
        if (reported > 0) return 0;
        if (reported < 0) return -ESRCH;
        if (sigtimedwait(&changes, NULL, &time_to_time) < 0 && errno == EAGAIN && procfs_has_ended(tid)) return -ESRCH;
    }
}

/* What cannot be blocked is held back: SIGSTOP, and the stop of its whole group. */
static int await_call_stop(struct injection *injection)
{
    for (;;) {
        int status, error = await_report(injection->tid, &status);
        if (error) return error;
        int signal_number = WSTOPSIG(status), event = status >> 16;
        if (!WIFSTOPPED(status) || event == PTRACE_EVENT_EXEC || event == PTRACE_EVENT_EXIT) {
            injection->status = status;
            return -ESRCH;
        }
        if (signal_number == (SIGTRAP | 0x80)) return 0;
        if (event == PTRACE_EVENT_STOP)
            injection->was_halted = true;
        else if (event == 0)
            injection->held |= UINT64_C(1) << (signal_number - 1);
        ptrace(PTRACE_SYSCALL, injection->tid, NULL, NULL);
    }
}

/* 0 or -ESRCH. */
static int pass_call(struct injection *injection)
{
    sigset_t changes, before;
    int error = 0;
    sigemptyset(&changes);
    sigaddset(&changes, SIGCHLD);
    sigprocmask(SIG_BLOCK, &changes, &before);
    for (int stop = 0; stop < 2 && !error; stop++) { /* at its entry, at its exit */
        /* Killed: its end is there to be waited for. */
        ptrace(PTRACE_SYSCALL, injection->tid, NULL, NULL);
        error = await_call_stop(injection);
    }
    sigprocmask(SIG_SETMASK, &before, NULL);
    return error;
}

int inject_call(struct injection *injection, long nr, const uint64_t arguments[6], uint64_t *result)
{
    struct arch_registers registers = injection->before;
    arch_call_again(&registers, (uint64_t)nr, arguments);
    int error = set_registers(injection->tid, &registers);
    if (!error) error = pass_call(injection);
    if (!error) error = get_registers(injection->tid, &registers);
    if (!error) *result = arch_result(&registers);
    return error;
}

void inject_end(const struct injection *injection)
{
    set_registers(injection->tid, &injection->before);
    ptrace(PTRACE_SETSIGMASK, injection->tid, (void *)sizeof injection->mask, &injection->mask);
    for (int number = 1; number <= 64; number++)
        if (injection->held >> (number - 1) & 1) syscall(SYS_tkill, injection->tid, number);
    if (injection->was_halted) ptrace(PTRACE_INTERRUPT, injection->tid, NULL, NULL);
}
