/* Attaching to processes that run: every thread of them, while they go on making new ones. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <unistd.h>

#include "procfs.h"
#include "trace_internal.h"
#include "tree.h"

struct attaching {
    struct tracer *tracer;
    size_t found;
    int error; /* the last refusal */
};

/* A new thread of one that is traced comes traced; and one that has ended is refused too. */
static bool is_no_loss(pid_t tid, int error)
{
    return error == ESRCH || procfs_tracer(tid) == getpid() || procfs_has_ended(tid);
}

static void attach_thread(pid_t tid, void *context)
{
    struct attaching *attaching = context;
    if (tasks_find(&attaching->tracer->tasks, tid)) return;
    if (ptrace(PTRACE_SEIZE, tid, NULL, (void *)(long)TRACE_OPTIONS) < 0) {
        int error = errno;
        if (!is_no_loss(tid, error)) attaching->error = -error;
        return;
    }
    attaching->found++;
    trace_adopt(attaching->tracer, tid);
    ptrace(PTRACE_INTERRUPT, tid, NULL, NULL);
}

/* The leader first, since the others are counted with it. 0 or negative errno. */
static int attach_process(struct attaching *attaching, pid_t pid)
{
    char path[64];
    attaching->error = 0;
    attach_thread(pid, attaching);
    snprintf(path, sizeof path, "/proc/%d/task", pid);
    int error = tree_each_number(path, attach_thread, attaching);
    return error ? error : attaching->error;
}

static void explain(const char *what, pid_t pid, int error, char *problem, size_t size)
{
    char name[32];
    pid_t other = procfs_tracer(pid);
    if (other > 0) {
        procfs_comm(other, name, sizeof name);
        snprintf(problem, size, "%s %d: is traced by process %d (%s) already", what, pid, other, name);
    } else {
        snprintf(problem, size, "%s %d: %s", what, pid, error == -ESRCH || error == -ENOENT ? "no such process" : strerror(-error));
    }
}

static void note_refused(struct tracer *tracer, const char *what, pid_t pid, int error)
{
    char problem[200], detail[256];
    explain(what, pid, error, problem, sizeof problem);
    snprintf(detail, sizeof detail, "%s: its calls are not recorded", problem);
    journal_note(tracer->journal, "not-attached", detail);
}

/* A thread of the root that another tracer holds. */
static void note_unless_traced(pid_t tid, void *context)
{
    struct tracer *tracer = context;
    if (!tasks_find(&tracer->tasks, tid) && !is_no_loss(tid, 0)) note_refused(tracer, "thread", tid, -EPERM);
}

/* One pass over what is below; the number of threads that were new. What was refused once is not asked again. */
static size_t attach_below(struct tracer *tracer, pid_t root, struct tree *refused)
{
    struct tree tree = {0};
    struct attaching attaching = {.tracer = tracer};
    tree_each_number("/proc", tree_add, &tree);
    tree_mark_below(&tree, root);
    for (size_t i = 0; i < tree.count; i++) {
        bool known = false;
        for (size_t j = 0; j < refused->count; j++) known |= refused->all[j].pid == tree.all[i].pid;
        if (!tree.all[i].below || known) continue;
        int error = attach_process(&attaching, tree.all[i].pid);
        if (error == 0 || error == -ESRCH || error == -ENOENT) continue;
        note_refused(tracer, "process", tree.all[i].pid, error);
        tree_add(tree.all[i].pid, refused);
    }
    free(tree.all);
    return attaching.found;
}

int trace_attach(struct tracer *tracer, pid_t pid, bool with_tree, char *problem, size_t size)
{
    struct attaching attaching = {.tracer = tracer};
    struct tree refused = {0};
    int error;
    do {
        attaching.found = 0;
        error = attach_process(&attaching, pid);
        if (error && tracer->tasks.count == 0) break;
        if (with_tree) attaching.found += attach_below(tracer, pid, &refused);
    } while (attaching.found > 0);
    free(refused.all);
    if (tracer->tasks.count == 0) {
        explain("process", pid, error ? error : -ESRCH, problem, size);
        return error ? error : -ESRCH;
    }
    if (error) {
        char path[64];
        snprintf(path, sizeof path, "/proc/%d/task", pid);
        tree_each_number(path, note_unless_traced, tracer);
    }
    struct task *leader = tasks_find(&tracer->tasks, pid);
    if (leader) trace_write_workload(tracer, leader);
    return 0;
}
