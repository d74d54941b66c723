/* One stop of one tracee: what it means, and how the tracee goes on. */
#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "inject.h"
#include "ours.h"
#include "procfs.h"
#include "trace_internal.h"

/* ESRCH: the tracee was killed meanwhile, and its end will be reported. So no result is looked at. */
static void resume(struct tracer *tracer, struct task *task, int signal_number)
{
    bool all = tracer->filter || (tracer->started && !late_lets_run(task));
    /* From the midst of a call on its exit is stopped at, though its entry was not. */
    if (all && task->running && !task->call) task->fresh = true;
    task->running = !all;
    task->settled = true;
    tasks_set_sees(&tracer->tasks, task, !all || (task->call && !task->blind));
    bool bound = tracer->started && near_bind(tracer, task);
    ptrace(all ? PTRACE_SYSCALL : PTRACE_CONT, task->tid, NULL, (void *)(long)signal_number);
    if (bound) near_free(task);
}

/* The kernel tells a thread group's leader from its other threads without a look into /proc. */
static bool leads_its_group(pid_t tid)
{
    return syscall(SYS_tgkill, tid, tid, 0) == 0 || errno != ESRCH;
}

struct task *trace_adopt(struct tracer *tracer, pid_t tid)
{
    struct status status = {.tgid = tid};
    bool alive = procfs_status(tid, &status) == 0;
    struct task *task = tasks_add(&tracer->tasks, tid, status.tgid);
    if (!alive) return task;
    /* A thread runs what its leader runs; a child what its parent runs, unless that has executed something meanwhile. */
    struct task *relative = tasks_find(&tracer->tasks, tid == status.tgid ? status.ppid : status.tgid);
    char path[PATH_MAX];
    if (procfs_exe(tid, path, sizeof path) < 0) return task;
    if (relative && relative->image && !strcmp(relative->image->exe->path, path))
        task_set_image(task, relative->image);
    else
        trace_new_image(tracer, task);
    return task;
}

/* A fork, vfork or clone: the child may have stopped before, even have ended before. */
static void forked(struct tracer *tracer, struct task *parent, pid_t tid)
{
    unsigned long message;
    if (ptrace(PTRACE_GETEVENTMSG, tid, NULL, &message) < 0) return;
    pid_t child = (pid_t)message;
    siginfo_t info;
    struct task *known = tasks_find(&tracer->tasks, child);
    if (known) late_inherit(known, parent);
    if (known) return;
    if (waitid(P_PID, (id_t)child, &info, WEXITED | WSTOPPED | WNOHANG | WNOWAIT | __WALL) < 0) return;
    struct task *task = tasks_add(&tracer->tasks, child, leads_its_group(child) ? child : parent->tgid);
    if (parent->image) task_set_image(task, parent->image);
    late_inherit(task, parent);
}

/* An execve by a thread that does not lead: it takes over the leader's id, and all other threads are gone. */
static void take_over(struct tracer *tracer, struct task *leader, pid_t former)
{
    struct task *caller = tasks_find(&tracer->tasks, former);
    if (!caller || caller == leader) return;
    leader->call = caller->call;
    leader->first_argument = caller->first_argument;
    leader->refusal = caller->refusal;
    leader->fresh = caller->fresh;
    leader->blind = caller->blind;
    tasks_remove(&tracer->tasks, caller);
}

static void executed(struct tracer *tracer, struct task *task)
{
    unsigned long former;
    if (ptrace(PTRACE_GETEVENTMSG, task->tid, NULL, &former) == 0) take_over(tracer, task, (pid_t)former);
    bool first = !tracer->started && task->tid == tracer->launched->main_pid;
    if (first) {
        tracer->started = true;
        trace_write_workload(tracer, task);
    }
    /* Until its exit stop the execve stays with the executable that called it, save the very first. */
    if (trace_new_image(tracer, task) < 0) return;
    if (first) trace_enter_first_exec(tracer, task);
    trace_check_set_user_id(tracer, task);
}

/* Whether the tracee is to be resumed. */
static bool leave(struct tracer *tracer, struct task *task, const struct __ptrace_syscall_info *info)
{
    const struct call *call = task->call;
    pid_t tid = task->tid;
    int status, error = 0;
    if (tracer->started) {
        trace_leave(tracer, task, info);
        if (call) error = late_after_call(tracer, task, call, info->exit.rval, &status);
    }
    if (!error) return true;
    if (status != INJECT_NO_STATUS) trace_handle(tracer, tid, status);
    return false;
}

/* A filter of the workload's leaves the call to a tracer of the workload's, and that is not this one: as without any, it fails. */
static void heed_stop(struct task *task, const struct __ptrace_syscall_info *info)
{
    if (info->seccomp.ret_data != MARK_OF_OURS) arch_skip_call(task->tid);
}

/* Whether the tracee is to be resumed. */
static bool syscall_stop(struct tracer *tracer, struct task *task)
{
    struct __ptrace_syscall_info info;
    if (ptrace(PTRACE_GET_SYSCALL_INFO, task->tid, (void *)sizeof info, &info) < 0) return false;
    switch (info.op) {
    case PTRACE_SYSCALL_INFO_ENTRY:
        if (tracer->started)
            trace_enter(tracer, task, &info);
        else
            trace_before_start(tracer, task, &info);
        return true;
    case PTRACE_SYSCALL_INFO_EXIT:
        return leave(tracer, task, &info);
    case PTRACE_SYSCALL_INFO_SECCOMP:
        heed_stop(task, &info);
        if (task->call) return true; /* the entry was stopped at too */
        if (!tracer->started) return true;
        trace_enter(tracer, task, &info);
        late_stopped(tracer, task);
        return true;
    default:
        /* The leader that stopped is no more: another thread's execve took its id, and its stop is still to be waited for. */
        return false;
    }
}

static bool is_fault(int signal_number)
{
    return signal_number == SIGSEGV || signal_number == SIGBUS || signal_number == SIGILL || signal_number == SIGFPE ||
           signal_number == SIGTRAP || signal_number == SIGSYS;
}

/*
 * PID 1 of a pid namespace dies of its own faults, but not while it is traced: then the kernel ignores the signal and the
 * instruction faults for ever. It is killed in the signal's name.
 */
static bool is_forced(pid_t tid, int signal_number)
{
    siginfo_t info;
    struct status status;
    if (!is_fault(signal_number) || ptrace(PTRACE_GETSIGINFO, tid, NULL, &info) < 0 || info.si_code <= 0) return false;
    return procfs_status(tid, &status) == 0 && status.namespace_init &&
           !(status.caught_signals & UINT64_C(1) << (signal_number - 1));
}

/* Where profgen ends the run, Ctrl-C is meant for profgen: the workload is to end by what profgen sends. */
static bool is_profgens(const struct tracer *tracer, const struct task *task, int signal_number)
{
    siginfo_t info;
    return tracer->parent && !tracer->attached && signal_number == SIGINT &&
           ptrace(PTRACE_GETSIGINFO, task->tid, NULL, &info) == 0 && info.si_code == SI_KERNEL &&
           getpgid(task->tgid) == getpgrp();
}

static void signal_stop(struct tracer *tracer, struct task *task, int signal_number)
{
    if (is_profgens(tracer, task, signal_number)) {
        resume(tracer, task, 0);
        return;
    }
    if (task->tgid == tracer->launched->main_pid && trace_is_stop_signal(tracer, signal_number))
        trace_begin_shutdown(tracer, signal_number);
    if (!is_forced(task->tid, signal_number)) {
        resume(tracer, task, signal_number);
        return;
    }
    if (tracer->beneath && task->tgid == 1) {
        /* Untraced again, when the tracer has gone, it faults once more and dies of it. */
        trace_main_leaves(tracer, signal_number);
        return;
    }
    if (task->tgid == tracer->launched->main_pid) {
        tracer->main_forced = signal_number;
    } else {
        char detail[128];
        snprintf(detail, sizeof detail, "process %d, PID 1 of its namespace, ended by signal 9 where without a tracer it is %d",
                 task->tgid, signal_number);
        journal_note(tracer->journal, "fault-of-pid-1", detail);
    }
    kill(task->tgid, SIGKILL);
}

/* As waitpid will give it: of a thread on its way out. */
static int exit_status_of(pid_t tid)
{
    unsigned long status = 0;
    ptrace(PTRACE_GETEVENTMSG, tid, NULL, &status);
    return (int)status;
}

static bool is_stopping(int signal_number)
{
    return signal_number == SIGSTOP || signal_number == SIGTSTP || signal_number == SIGTTIN || signal_number == SIGTTOU;
}

void trace_stopped(struct tracer *tracer, pid_t tid, int status)
{
    struct task *task = tasks_find(&tracer->tasks, tid);
    if (!task) task = trace_adopt(tracer, tid);
    int signal_number = WSTOPSIG(status);
    tasks_set_sees(&tracer->tasks, task, false);
    near_stopped(tracer);
    switch (status >> 16) {
    case 0:
        if (signal_number != (SIGTRAP | 0x80))
            signal_stop(tracer, task, signal_number);
        else if (syscall_stop(tracer, task))
            resume(tracer, task, 0);
        return;
    case PTRACE_EVENT_STOP:
        /* A group-stop: it stays stopped, but hears of SIGCONT. Any other is a new child's first or the end of a group-stop. */
        if (is_stopping(signal_number))
            ptrace(PTRACE_LISTEN, tid, NULL, NULL);
        else
            resume(tracer, task, 0);
        return;
    case PTRACE_EVENT_SECCOMP:
        if (syscall_stop(tracer, task)) resume(tracer, task, 0);
        return;
    case PTRACE_EVENT_FORK:
    case PTRACE_EVENT_VFORK:
    case PTRACE_EVENT_CLONE:
        forked(tracer, task, tid);
        task->blind = true; /* the child has all that it inherits */
        break;
    case PTRACE_EVENT_EXEC:
        executed(tracer, task);
        break;
    case PTRACE_EVENT_EXIT:
        if (!trace_last_leaves(tracer, task)) break;
        trace_main_leaves(tracer, exit_status_of(tid));
        return;
    }
    resume(tracer, task, 0);
}
