#include "late.h"

#include <errno.h>
#include <linux/seccomp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "arguments.h"
#include "load.h"
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

/* Where it cannot be made to call, another time: it may be in the midst of something. */
int late_after_call(struct tracer *tracer, struct task *task, const struct call *call, int64_t result, int *status)
{
    struct sock_fprog program;
    struct loading loading = {.task = task,
                              .program = &program,
                              .flags = SECCOMP_FILTER_FLAG_TSYNC,
                              .keeps_privileges = tracer->late.keeps_privileges,
                              .result = -E2BIG};
    if (!tracer->late.on || task->filtered || task->kept_out || !task->image || !task->image->exe->mature ||
        !can_be_made_to_call(call, result))
        return 0;
    int32_t awaited = tracer->calls.phase == PHASE_ENTRY ? tracer->ready_call : -1;
    if (passing_filter(&tracer->calls, awaited, &program) == 0) {
        int error = load_filter(&loading);
        free(program.filter);
        if (error == -ESRCH) *status = loading.injection.status;
        if (error) return error == -ESRCH ? error : 0;
    }
    if (loading.result != 0) {
        not_filtered(tracer, task, loading.result);
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
