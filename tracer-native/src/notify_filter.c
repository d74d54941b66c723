/*
 * What is asked about. A signal that comes before the tracer has taken a question interrupts the call, which fails with EINTR
 * if the handler does not want it restarted. Most programs can see that of most calls; of these none can: the end of a handler
 * would go on behind its own instruction, and brk, which says where memory ends whatever happens, would name the last page of all.
 * So these are let through: brk but for its question where memory ends, with which every C library begins, and the end of a
 * handler, which is known from the installation of one. An exit that is interrupted cannot be seen either, but it is how a
 * process is known to end by itself.
 */
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/uio.h>

#include "notify.h"
#include "trace_internal.h"

static const struct {
    abi_t abi;
    int32_t brk;
} growths[] = ARCH_GROWTHS;

static const struct {
    abi_t abi;
    int32_t installs, ends;
    bool by_value; /* its second argument is the handler; else the address of what begins with it */
} handlers[] = ARCH_HANDLERS;

#define COUNT(array) (sizeof(array) / sizeof *(array))

static void emit(struct sock_fprog *program, uint16_t code, uint8_t jt, uint8_t jf, uint32_t k)
{
    program->filter[program->len++] = (struct sock_filter){code, jt, jf, k};
}

static void load(struct sock_fprog *program, size_t offset)
{
    emit(program, BPF_LD | BPF_W | BPF_ABS, 0, 0, (uint32_t)offset);
}

/* Unless it is this call, over so many instructions behind these. */
static void unless_call(struct sock_fprog *program, abi_t abi, int32_t nr, uint8_t over)
{
    uint32_t number = (uint32_t)nr | (abi == ARCH_ABI_WITH_BIT && abi != ARCH_ABI ? X32_BIT : 0);
    load(program, offsetof(struct seccomp_data, arch));
    emit(program, BPF_JMP | BPF_JEQ | BPF_K, 0, (uint8_t)(over + 2), abi_audit(abi));
    load(program, offsetof(struct seccomp_data, nr));
    emit(program, BPF_JMP | BPF_JEQ | BPF_K, 0, over, number);
}

/* Whether an earlier row has the same end: what installs it is several calls. */
static bool is_repeated(size_t row)
{
    for (size_t i = 0; i < row; i++)
        if (handlers[i].abi == handlers[row].abi && handlers[i].ends == handlers[row].ends) return true;
    return false;
}

void notify_filter(struct calls *calls, struct notify_filter *filter)
{
    _Static_assert(5 * COUNT(handlers) + 9 * COUNT(growths) + 1 <= NOTIFY_FILTER, "no room for the filter");
    struct sock_fprog *program = &filter->program;
    *program = (struct sock_fprog){0, filter->code};
    for (size_t i = 0; i < COUNT(handlers); i++) {
        if (is_repeated(i)) continue;
        unless_call(program, handlers[i].abi, handlers[i].ends, 1);
        emit(program, BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ALLOW);
        calls->let_through[handlers[i].abi][handlers[i].ends] = 1;
    }
    for (size_t i = 0; i < COUNT(growths); i++) {
        unless_call(program, growths[i].abi, growths[i].brk, 5);
        load(program, offsetof(struct seccomp_data, args));
        emit(program, BPF_JMP | BPF_JEQ | BPF_K, 0, 2, 0);
        load(program, offsetof(struct seccomp_data, args) + 4);
        emit(program, BPF_JMP | BPF_JEQ | BPF_K, 1, 0, 0);
        emit(program, BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ALLOW);
        calls->let_through[growths[i].abi][growths[i].brk] = 1;
    }
    emit(program, BPF_RET | BPF_K, 0, 0, SECCOMP_RET_USER_NOTIF);
}

/* Neither SIG_DFL nor SIG_IGN; where it cannot be read it may be one. */
static bool has_handler(pid_t tid, abi_t abi, bool by_value, uint64_t argument)
{
    uint64_t handler = 0;
    struct iovec here = {&handler, abi == ARCH_ABI ? 8 : 4}, there = {(void *)(uintptr_t)argument, here.iov_len};
    if (by_value || argument == 0) return argument > 1;
    return process_vm_readv(tid, &here, 1, &there, 1, 0) != (ssize_t)here.iov_len || handler > 1;
}

void notify_heed_handler(struct tracer *tracer, const struct task *task, const struct seccomp_data *data)
{
    const struct caller caller = {.pid = task->tgid, .argv0 = task->image->argv0};
    struct exe *exe = task->image->exe;
    for (size_t i = 0; i < COUNT(handlers); i++) {
        const abi_t abi = handlers[i].abi;
        const struct call *known = calls_find(exe, abi, handlers[i].ends);
        if (abi != task->call->abi || handlers[i].installs != task->call->nr) continue;
        if ((known && known->phases >> tracer->calls.phase & 1) || !has_handler(task->tid, abi, handlers[i].by_value, data->args[1])) continue;
        /* It may never run. */
        calls_uncount(&tracer->calls, calls_enter(&tracer->calls, exe, abi, handlers[i].ends, caller));
    }
}
