#include "trace.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include "procfs.h"
#include "signals.h"
#include "trace_internal.h"

enum { BATCH = 64 };

struct report {
    pid_t tid;
    int status;
};

const struct backend backend_ptrace = {"ptrace", false, trace_seize, trace_attach, trace_run};

int trace_seize(struct tracer *tracer)
{
    long options = TRACE_OPTIONS | (tracer->beneath ? PTRACE_O_TRACEEXIT : PTRACE_O_EXITKILL);
    if (tracer->late.on) options |= PTRACE_O_TRACESECCOMP;
    pid_t main_pid = tracer->launched->main_pid;
    if (ptrace(PTRACE_SEIZE, main_pid, NULL, (void *)options) < 0) return -errno;
    tasks_add(&tracer->tasks, main_pid, main_pid);
    /* The execve is looked at if a filter may refuse it: only from a stop on do the stops at system calls begin. */
    if (tracer->filter && ptrace(PTRACE_INTERRUPT, main_pid, NULL, NULL) < 0) return -errno;
    return 0;
}

void trace_write_progress(struct tracer *tracer)
{
    const struct tasks *tasks = &tracer->tasks;
    uint64_t now = journal_now(tracer->journal), interval = (uint64_t)tracer->progress_interval * 1000000;
    if (interval == 0 || now < tracer->progress_due) return;
    tracer->progress_due = now + interval / 2; /* half: a tick that comes a little early counts */
    if (tracer->calls.total == tracer->calls_reported && tasks->processes_now == tracer->running_reported) return;
    tracer->calls_reported = tracer->calls.total;
    tracer->running_reported = tasks->processes_now;
    journal_begin(tracer->journal, "progress");
    journal_number(tracer->journal, "ns", now);
    journal_number(tracer->journal, "processes", tasks->processes);
    journal_number(tracer->journal, "threads", tasks->threads);
    journal_number(tracer->journal, "running", tasks->processes_now);
    journal_number(tracer->journal, "calls", tracer->calls.total);
    journal_number(tracer->journal, "distinct", tracer->calls.distinct);
    journal_end(tracer->journal);
}

static void write_running(struct task *task, void *context)
{
    struct tracer *tracer = context;
    if (task->tid != task->tgid || task->tid == tracer->launched->main_pid) return;
    journal_begin(tracer->journal, "running");
    journal_signed(tracer->journal, "pid", task->tgid);
    journal_text(tracer->journal, "path", task->image ? task->image->exe->path : "[gone]");
    journal_end(tracer->journal);
}

void trace_name_rest(struct tracer *tracer, size_t left, bool killed)
{
    const char *fate = tracer->attached ? "go on" : killed ? "were killed" : "were waited for";
    if (tracer->rest_named || left == 0) return;
    tracer->rest_named = true;
    tasks_each(&tracer->tasks, write_running, tracer);
    char detail[128];
    snprintf(detail, sizeof detail, "%zu of its processes still ran when the main process had ended: they %s", left, fate);
    journal_note(tracer->journal, "still-running", detail);
}

/* One that may not be killed here dies with the tracer (PTRACE_O_EXITKILL): it is not waited for. */
static void kill_task(struct task *task, void *context)
{
    struct tracer *tracer = context;
    if (kill(task->tgid, SIGKILL) < 0 && errno == EPERM) tasks_remove(&tracer->tasks, task);
}

void trace_kill_rest(struct tracer *tracer)
{
    tracer->killing = true;
    tasks_each(&tracer->tasks, kill_task, tracer);
}

void trace_main_ended(struct tracer *tracer, int status)
{
    tracer->main_ended = true;
    tracer->main_status = WIFSIGNALED(status) && tracer->main_forced ? tracer->main_forced : status;
    trace_name_rest(tracer, tracer->tasks.processes_now, !tracer->until_all);
    if (tracer->until_all) return;
    if (tracer->attached)
        tracer->detaching = true;
    else
        trace_kill_rest(tracer);
}

static void count_staying(struct task *task, void *context)
{
    size_t *staying = context;
    if (task->tgid == 1 && !task->leaving) ++*staying;
}

bool trace_last_leaves(struct tracer *tracer, struct task *task)
{
    size_t staying = 0;
    if (!tracer->beneath || task->tgid != tracer->launched->main_pid) return false;
    task->leaving = true;
    tasks_each(&tracer->tasks, count_staying, &staying);
    return staying == 0;
}

void trace_main_leaves(struct tracer *tracer, int status)
{
    tracer->main_ended = tracer->over = true;
    tracer->main_status = status;
    trace_name_rest(tracer, tracer->tasks.processes_now - 1, true);
}

/* By the leader alone, since that is reported last and stands for the process. */
static void note_killed_early(struct tracer *tracer, const struct task *task)
{
    if (task->tid != task->tgid || !task->call || !task->image || tracer->rest_named) return;
    char abi[32];
    trace_remark(tracer, task->image->exe, REMARK_KILLED_EARLY, "killed-early",
                 "a process of %s was killed in a call (%s %d): its result is not known", task->image->exe->path,
                 abi_name(task->call->abi, abi, sizeof abi), task->call->nr);
}

static void ended(struct tracer *tracer, pid_t tid, int status)
{
    struct task *task = tasks_find(&tracer->tasks, tid);
    if (tid == tracer->launched->init_pid) tracer->launched->init_pid = 0; /* reaped: the id is free for others now */
    if (!task) return;
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) {
        /* In a batch the main process can be reaped already while its end is yet to be handled. */
        if (tracer->pid1 && tid != tracer->launched->main_pid && procfs_is_exiting(tracer->launched->main_pid))
            trace_name_rest(tracer, tracer->tasks.processes_now - 1, true);
        note_killed_early(tracer, task);
    }
    tasks_remove(&tracer->tasks, task);
    if (tid == tracer->launched->main_pid && !tracer->main_ended) trace_main_ended(tracer, status);
}

void trace_handle(struct tracer *tracer, pid_t tid, int status)
{
    if (!WIFSTOPPED(status))
        ended(tracer, tid, status);
    else if (tracer->killing)
        kill(tid, SIGKILL);
    else
        trace_stopped(tracer, tid, status);
}

/*
 * All that has stopped is taken before anything is resumed: else a tracee that stops again at once would always be found
 * first, and others behind it would never go on. A later report of the same thread makes an earlier stop void.
 */
static int wait_batch(const struct tracer *tracer, struct report batch[BATCH])
{
    int count = 0;
    for (;;) {
        /* A single tracee cannot starve another. */
        bool more = count > 0;
        if (more && (tracer->tasks.count < 2 || count == BATCH)) return count;
        int status;
        pid_t tid = waitpid(-1, &status, __WALL | (more ? WNOHANG : 0));
        if (tid == 0 || (tid < 0 && more)) return count;
        if (tid < 0) return errno == EINTR ? 0 : -errno;
        for (int i = 0; i < count; i++)
            if (batch[i].tid == tid && WIFSTOPPED(batch[i].status)) batch[i].tid = 0;
        batch[count++] = (struct report){tid, status};
    }
}

/*
 * On the host the tracer has no other children, so the kernel knows best when none is left, not even one that was
 * forked and has not stopped yet. In a container init is left, and its end takes the namespace with it.
 */
static bool all_gone(const struct tracer *tracer)
{
    if (tracer->attached) return tracer->detaching || tracer->tasks.count == 0;
    return tracer->tasks.count == 0 && tracer->main_ended && (tracer->launched->init_pid != 0 || tracer->killing);
}

int trace_run(struct tracer *tracer)
{
    struct report batch[BATCH];
    near_start(tracer); /* while the main process comes to its execve */
    while (!tracer->over && !all_gone(tracer)) {
        int count = wait_batch(tracer, batch);
        if (count == -ECHILD && tracer->main_ended) break;
        if (count < 0) return count;
        if (signals_passed_on(SIGTERM)) trace_begin_shutdown(tracer, SIGTERM);
        for (int i = 0; i < count; i++)
            if (batch[i].tid != 0 && !tracer->over) trace_handle(tracer, batch[i].tid, batch[i].status);
        if (!signals_ticked()) continue;
        trace_heed(tracer);
        trace_write_progress(tracer);
    }
    near_stop(tracer);
    return 0;
}
