/* The entry and exit stops of system calls. */
#include <errno.h>
#include <limits.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>

#include "arguments.h"
#include "filter.h"
#include "inject.h"
#include "trace_internal.h"

void trace_note_abi(struct tracer *tracer, const struct exe *exe, abi_t abi)
{
    unsigned bit = abi < ABI_COUNT ? 1u << abi : 1u << ABI_COUNT;
    if (abi == ARCH_ABI || tracer->abis_noted & bit) return;
    tracer->abis_noted |= bit;
    char name[32], detail[4400];
    snprintf(detail, sizeof detail, "%s made system calls of the %s ABI", exe->path,
             abi_name(abi, name, sizeof name));
    journal_note(tracer->journal, abi < ABI_COUNT ? "foreign-abi" : "unnamed-abi", detail);
}

/* A child with CLONE_UNTRACED would be followed by no tracer: it is made without. */
static void keep_in_sight(struct tracer *tracer, const struct task *task, const uint64_t arguments[6], uint64_t flags)
{
    int error = task->call->watched->role == ROLE_CLONE3 ? inject_write(task->tid, arguments[0], &flags, sizeof flags)
                                                         : inject_first_argument(task->tid, task->call->abi, flags);
    if (!error) return;
    near_stop(tracer);
    trace_remark(tracer, task->image->exe, REMARK_UNTRACED_CLONE, "untraced-clone",
                 "%s made a child with CLONE_UNTRACED: its calls are not recorded", task->image->exe->path);
}

void trace_note_unreadable(struct tracer *tracer, struct exe *exe, enum role role)
{
    if (role == ROLE_CLONE3)
        trace_remark(tracer, exe, REMARK_CLONE3, "clone3-unreadable", "the flags of a clone3 of %s could not be read", exe->path);
    else
        trace_remark(tracer, exe, REMARK_SOCKETCALL, "socketcall-unreadable",
                     "the arguments of a socketcall of %s could not be read", exe->path);
}

static void enter_watched(struct tracer *tracer, struct task *task, const uint64_t arguments[6])
{
    struct call *call = task->call;
    const struct watched *watched = call->watched;
    uint64_t values[4];
    int count = arguments_read(task->tid, watched, arguments, values);
    bool clones = watched->role == ROLE_CLONE || watched->role == ROLE_CLONE3;
    if (clones && (count < 0 || (count > 0 && (values[0] & (CLONE_FILES | CLONE_THREAD)) == CLONE_FILES))) near_stop(tracer);
    if (count < 0) {
        trace_note_unreadable(tracer, task->image->exe, watched->role);
        return;
    }
    if (count > 0 && clones && !tracer->backend->untraced && values[0] & CLONE_UNTRACED)
        keep_in_sight(tracer, task, arguments, values[0] & ~(uint64_t)CLONE_UNTRACED);
    if (count > 0 && !call->many) calls_tuple(&tracer->calls, task->image->exe, call, values, (size_t)count);
}

static void enter(struct tracer *tracer, struct task *task, abi_t abi, int32_t nr)
{
    struct caller caller = {.pid = task->tgid, .argv0 = task->image->argv0};
    task->call = calls_enter(&tracer->calls, task->image->exe, abi, nr, caller);
}

/* The stop at the entry comes before the kernel asks the filter, which will have the same program answer the same. */
static uint32_t ask_filter(const struct tracer *tracer, const struct __ptrace_syscall_info *info)
{
    struct seccomp_data data = {
        .nr = (int)info->entry.nr, .arch = info->arch, .instruction_pointer = info->instruction_pointer};
    if (!tracer->filter) return SECCOMP_RET_ALLOW;
    memcpy(data.args, info->entry.args, sizeof data.args);
    return filter_run(tracer->filter, &data);
}

static void refused(struct tracer *tracer, struct task *task, const struct __ptrace_syscall_info *info, uint32_t answer)
{
    struct caller caller = {.pid = task->tgid, .argv0 = task->image->argv0};
    uint32_t error = answer & SECCOMP_RET_DATA;
    if ((answer & SECCOMP_RET_ACTION_FULL) == SECCOMP_RET_ERRNO)
        task->refusal = error < HIGHEST_ERRNO ? (int)error : HIGHEST_ERRNO;
    denials_add(&tracer->denials, &tracer->calls, task->call, answer, (const uint64_t *)info->entry.args, caller);
}

void trace_before_start(struct tracer *tracer, struct task *task, const struct __ptrace_syscall_info *info)
{
    int32_t nr = (int32_t)info->entry.nr;
    if (arch_abi(info->arch, &nr) != ARCH_ABI || nr != ARCH_NR_EXECVE) return;
    uint32_t answer = ask_filter(tracer, info);
    if (!filter_denies(answer) || (!task->image && trace_new_image(tracer, task) < 0)) return;
    enter(tracer, task, ARCH_ABI, nr);
    refused(tracer, task, info, answer);
    task->call = NULL;
    task->refusal = 0;
    /* Else the thread that has loaded the filter would live on. */
    if ((answer & SECCOMP_RET_ACTION_FULL) != SECCOMP_RET_KILL_THREAD) return;
    tracer->main_forced = SIGSYS;
    kill(task->tgid, SIGKILL);
}

void trace_enter(struct tracer *tracer, struct task *task, const struct __ptrace_syscall_info *info)
{
    /* At adoption the task may have been too short-lived to be read; here it stands still. */
    if (!task->image && trace_new_image(tracer, task) < 0) {
        trace_lost_stop(tracer, task, "a call");
        return;
    }
    if (task->call) trace_lost_stop(tracer, task, "the result of a call");
    int32_t nr = (int32_t)info->entry.nr;
    abi_t abi = arch_abi(info->arch, &nr);
    trace_note_abi(tracer, task->image->exe, abi);
    enter(tracer, task, abi, nr);
    uint32_t answer = ask_filter(tracer, info);
    if (filter_denies(answer)) refused(tracer, task, info, answer);
    task->fresh = false;
    task->blind = near_is_blind(tracer, task, abi, nr, (const uint64_t *)info->entry.args);
    if (!task->call->watched) return;
    task->first_argument = info->entry.args[0];
    if (!task->call->many || task->call->watched->role != ROLE_NONE) enter_watched(tracer, task, (const uint64_t *)info->entry.args);
}

void trace_enter_first_exec(struct tracer *tracer, struct task *task)
{
    enter(tracer, task, ARCH_ABI, ARCH_NR_EXECVE);
    task->fresh = false;
}

static bool installs_filter(enum role role, uint64_t operation)
{
    return role == ROLE_PRCTL ? operation == PR_SET_SECCOMP
                              : role == ROLE_SECCOMP && (operation == SECCOMP_SET_MODE_FILTER || operation == SECCOMP_SET_MODE_STRICT);
}

void trace_note_success(struct tracer *tracer, struct exe *exe, enum role role, uint64_t operation)
{
    if (role == ROLE_IO_URING_SETUP)
        trace_remark(tracer, exe, REMARK_IO_URING, "uses-io-uring",
                     "%s uses io_uring: what it does there makes no system calls and is not recorded", exe->path);
    if (installs_filter(role, operation))
        trace_remark(tracer, exe, REMARK_INSTALLED_FILTER, "installed-filter",
                     "%s installed a seccomp filter of its own: what that denies ran on the error path", exe->path);
}

static void succeeded(struct tracer *tracer, struct task *task, enum role role)
{
    calls_succeeded(task->call);
    if (role == ROLE_NONE) return;
    trace_note_success(tracer, task->image->exe, role, task->first_argument);
    if (role == ROLE_IO_URING_SETUP) near_stop(tracer); /* what the kernel does there for it stops nowhere */
    if (installs_filter(role, task->first_argument)) late_keep_out(tracer, task);
}

/* Several filters: the strictest answer holds, and of two errnos that of the filter that was loaded last. */
static void compare_answer(struct tracer *tracer, struct task *task, const struct __ptrace_syscall_info *info)
{
    if (info->exit.rval != -task->refusal)
        trace_remark(tracer, task->image->exe, REMARK_OTHER_ANSWER, "filter-overruled",
                     "a call of %s that the filter answers with errno %d returned %lld: another filter decided",
                     task->image->exe->path, task->refusal, (long long)info->exit.rval);
    task->refusal = 0;
}

void trace_begin_serving(struct tracer *tracer, const struct exe *exe)
{
    char cause[PATH_MAX + 64];
    if (tracer->calls.phase != PHASE_ENTRY) return;
    snprintf(cause, sizeof cause, "call %d of %s", tracer->ready_call, exe->path);
    trace_begin_phase(tracer, PHASE_SERVING, cause);
}

void trace_leave(struct tracer *tracer, struct task *task, const struct __ptrace_syscall_info *info)
{
    if (!task->call) {
        if (!task->fresh) trace_lost_stop(tracer, task, "the entry of a call");
        task->fresh = false;
        return;
    }
    if (task->refusal) compare_answer(tracer, task, info);
    enum role role = task->call->watched ? task->call->watched->role : ROLE_NONE;
    if (task->call->nr == tracer->ready_call && task->call->abi == ARCH_ABI && !info->exit.is_error)
        trace_begin_serving(tracer, task->call->exe);
    /* After rt_sigreturn the register holds what the interrupted code had in it, often another call's EINTR. */
    if (info->exit.is_error && role != ROLE_SIGRETURN) {
        calls_failed(&tracer->calls, task->call, (int)-info->exit.rval, 1);
        late_failed(tracer, task, (int)-info->exit.rval);
    } else {
        succeeded(tracer, task, role);
    }
    task->call = NULL;
}
