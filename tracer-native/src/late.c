#include "late.h"

#include <errno.h>
#include <linux/seccomp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "arguments.h"
#include "inject.h"
#include "passing.h"
#include "trace_internal.h"

enum {
    ENOUGH_RESULTS = 64,
    /* The kernel's own errors of an interrupted call: it may be restarted, and its signal mask is still to be put back. */
    FIRST_RESTART = 512,
    LAST_RESTART = 530
};

static int start_late(struct tracer *tracer)
{
    tracer->late.on = true;
    return trace_seize(tracer);
}

const struct backend backend_late = {"late", false, start_late, NULL, trace_run};

static bool is_left_to_filter(const struct task *task)
{
    return task->filtered && !task->kept_out && task->image && task->image->exe->mature;
}

bool late_lets_run(const struct task *task)
{
    return is_left_to_filter(task) && !task->call;
}

static int call_in(struct injection *injection, long nr, uint64_t a, uint64_t b, uint64_t c, uint64_t d, uint64_t *result)
{
    const uint64_t arguments[6] = {a, b, c, d, 0, 0};
    return inject_call(injection, nr, arguments, result);
}

/* As struct sock_fprog lies in memory, and behind it the program. */
static int write_program(pid_t tid, uint64_t address, const struct sock_fprog *program)
{
    struct sock_fprog there = {program->len, (struct sock_filter *)(uintptr_t)(address + sizeof there)};
    int error = inject_write(tid, address, &there, sizeof there);
    if (!error) error = inject_write(tid, address + sizeof there, program->filter, program->len * sizeof *program->filter);
    return error;
}

static int seccomp_in(struct injection *injection, uint64_t address, uint64_t *result)
{
    return call_in(injection, SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, address, 0, result);
}

/* Without CAP_SYS_ADMIN the kernel wants no_new_privs. *refusal: 0, or why not, as an errno or the id of a thread. */
static int load(struct tracer *tracer, struct task *task, struct injection *injection, uint64_t address, int64_t *refusal)
{
    uint64_t result;
    int error = seccomp_in(injection, address, &result);
    if (error) return error;
    if (result == (uint64_t)-EACCES && !tracer->late.keeps_privileges) {
        error = call_in(injection, SYS_prctl, PR_SET_NO_NEW_PRIVS, 1, 0, 0, &result);
        if (!error) error = seccomp_in(injection, address, &result);
        task->deprived = true;
    }
    *refusal = (int64_t)result;
    return error;
}

/* 0, or negative errno; -ESRCH as inject_call() has it. */
static int load_program(struct tracer *tracer, struct task *task, struct injection *injection, const struct sock_fprog *program,
                        int64_t *refusal)
{
    uint64_t address, size = sizeof *program + program->len * sizeof *program->filter, unused;
    int error = call_in(injection, SYS_mmap, 0, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, &address);
    if (error) return error;
    if (address > (uint64_t)-4096) {
        *refusal = (int64_t)address;
        return 0;
    }
    error = write_program(task->tid, address, program);
    if (!error) error = load(tracer, task, injection, address, refusal);
    if (error == -ESRCH) return error;
    int last = call_in(injection, SYS_munmap, address, size, 0, 0, &unused);
    return last ? last : error;
}

struct group {
    const struct task *by;
    bool filtered;
};

static void mark_thread(struct task *task, void *context)
{
    const struct group *group = context;
    if (task->tgid != group->by->tgid) return;
    task->filtered |= group->filtered;
    task->kept_out |= !group->filtered;
    task->deprived |= group->by->deprived;
    /* What another thread is about to make at this moment may have been made before. */
    task->settled = task == group->by;
}

static void mark_group(struct tracer *tracer, const struct task *task, bool filtered)
{
    struct group group = {task, filtered};
    tasks_each(&tracer->tasks, mark_thread, &group);
}

static void not_filtered(struct tracer *tracer, const struct task *task, int64_t refusal)
{
    char detail[512];
    mark_group(tracer, task, false);
    if (tracer->late.told) return;
    tracer->late.told = true;
    if (refusal == -EACCES)
        snprintf(detail, sizeof detail,
                 "a program with privileges of its own ran, which no_new_privs would take: %s goes on without a filter",
                 task->image->exe->path);
    else
        snprintf(detail, sizeof detail, "%s could not load the filter of the recorder (%s) and goes on without it",
                 task->image->exe->path, refusal > 0 ? "a thread has another one" : strerror((int)-refusal));
    journal_note(tracer->journal, "not-filtered", detail);
}

static bool can_be_made_to_call(const struct call *call, int64_t result)
{
    bool interrupted = result == -EINTR || (result <= -FIRST_RESTART && result >= -LAST_RESTART);
    bool elsewhere = call->nr == SYS_execve || call->nr == SYS_execveat || (call->watched && call->watched->role == ROLE_SIGRETURN);
    return call->abi == ARCH_ABI && !interrupted && !elsewhere;
}

int late_after_call(struct tracer *tracer, struct task *task, const struct call *call, int64_t result, int *status)
{
    struct sock_fprog program;
    struct injection injection;
    int64_t refusal = -ENOMEM;
    if (!tracer->late.on || task->filtered || task->kept_out || !task->image || !task->image->exe->mature ||
        !can_be_made_to_call(call, result) || inject_begin(&injection, task->tid) < 0)
        return 0;
    int error = passing_filter(&tracer->calls, &program);
    if (!error) {
        error = load_program(tracer, task, &injection, &program, &refusal);
        free(program.filter);
    }
    if (error == -ESRCH) {
        *status = injection.status;
        return error;
    }
    inject_end(&injection);
    if (error || refusal != 0) {
        not_filtered(tracer, task, error ? error : refusal);
        return 0;
    }
    tracer->late.filtered++;
    mark_group(tracer, task, true);
    return 0;
}

static bool result_matters(const struct tracer *tracer, const struct call *call)
{
    enum role role = call->watched ? call->watched->role : ROLE_NONE;
    bool may_be_ready = tracer->calls.phase == PHASE_ENTRY && call->nr == tracer->ready_call;
    return !call->succeeded || call->count <= ENOUGH_RESULTS || may_be_ready || role == ROLE_SECCOMP || role == ROLE_PRCTL ||
           role == ROLE_IO_URING_SETUP;
}

void late_stopped(struct tracer *tracer, struct task *task)
{
    if (!task->call || result_matters(tracer, task->call) || !is_left_to_filter(task)) return;
    tracer->late.unfollowed++;
    calls_uncount(&tracer->calls, task->call);
    task->call = NULL;
}

void late_keep_out(struct tracer *tracer, const struct task *task)
{
    mark_group(tracer, task, false);
}

void late_inherit(struct task *child, const struct task *parent)
{
    child->filtered = parent->filtered && (parent->settled || child->tgid == parent->tgid);
    child->kept_out = parent->kept_out;
    child->deprived = parent->deprived;
    child->settled = true;
}

void late_failed(struct tracer *tracer, const struct task *task, int error)
{
    enum role role = task->call->watched ? task->call->watched->role : ROLE_NONE;
    bool asked = (role == ROLE_SECCOMP && task->first_argument == SECCOMP_SET_MODE_STRICT) ||
                 (role == ROLE_PRCTL && task->first_argument == PR_SET_SECCOMP);
    if (!asked || error != EINVAL || !task->filtered || tracer->late.strict_told) return;
    tracer->late.strict_told = true;
    char detail[256];
    snprintf(detail, sizeof detail, "%s could not put itself into strict mode: the kernel refuses that where any filter is loaded",
             task->image->exe->path);
    journal_note(tracer->journal, "strict-mode-refused", detail);
}

void late_write_notes(const struct tracer *tracer)
{
    const struct late *late = &tracer->late;
    char detail[320];
    if (late->filtered == 0) return;
    snprintf(detail, sizeof detail,
             "what had been seen was let through from some time on: how often such calls were made, with which results, in which"
             " executables and phases is known at least (processes that loaded the filter: %llu)",
             (unsigned long long)late->filtered);
    journal_note(tracer->journal, "let-through", detail);
    if (late->unfollowed == 0) return;
    snprintf(detail, sizeof detail,
             "%llu calls became frequent only after the filter, or have arguments that it cannot see: it stopped each of them once",
             (unsigned long long)late->unfollowed);
    journal_note(tracer->journal, "late-stops", detail);
}
