/*
 * Who asks: threads by number, looked up in /proc when they ask for the first time. Numbers are given again, so each process
 * has a descriptor that tells of its end: that comes before its number is another's, whose first call comes later still. What
 * is told when a call has been taken is therefore all that can be wrong about its maker.
 *
 * An execution is not seen to succeed. After the call of one the process is looked at when its first thread asks again: none
 * of the others outlives an execution.
 */
#include <errno.h>
#include <limits.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "memory.h"
#include "procfs.h"
#include "trace_internal.h"
#include "tree.h"

enum { BATCH = 64, SWEEP_LEAST = 64, GONE_LEAST = 16, SPARE = 8 };

static struct {
    struct notify_shared *shared;
    int ends;                 /* an epoll of the processes' descriptors */
    int highest;              /* of these: the last ones are for what is read of /proc */
    size_t unwatched, enough; /* processes without one, and how many there may be until it is looked which have ended */
} census = {.ends = -1, .enough = SWEEP_LEAST};

int notify_open_tasks(struct notify_shared *shared)
{
    struct rlimit limit;
    /* The workload has been forked before, with its own. */
    if (getrlimit(RLIMIT_NOFILE, &limit) < 0) return -errno;
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    census.highest = limit.rlim_max < INT_MAX ? (int)limit.rlim_max - SPARE : INT_MAX;
    census.shared = shared;
    census.ends = epoll_create1(EPOLL_CLOEXEC);
    return census.ends < 0 ? -errno : 0;
}

/* Without a signal: one that is not there is told from one that may not be sent any. */
static bool is_thread_of(pid_t tgid, pid_t tid)
{
    return syscall(SYS_tgkill, tgid, tid, 0) == 0 || errno != ESRCH;
}

pid_t notify_group(pid_t tid)
{
    struct status status;
    if (is_thread_of(tid, tid)) return tid;
    int error = procfs_status(tid, &status);
    return error < 0 ? error : status.tgid;
}

static void mark_alive(pid_t pid, bool alive)
{
    uint64_t bit = UINT64_C(1) << (pid % 64), *word = &census.shared->alive[pid / 64];
    *word = alive ? *word | bit : *word & ~bit;
}

static void forget_process(struct tracer *tracer, struct task *leader)
{
    mark_alive(leader->tgid, false);
    if (leader->end < 0)
        census.unwatched--;
    else
        close(leader->end);
    tasks_remove(&tracer->tasks, leader);
}

static bool is_another(const struct task *leader)
{
    uint64_t started;
    return leader->end < 0 && (procfs_start(leader->tgid, &started) < 0 || started != leader->started);
}

struct search {
    bool (*is_wanted)(const struct task *leader);
    pid_t *found;
    size_t count;
};

static void look_at(struct task *task, void *context)
{
    struct search *search = context;
    if (task->tid != task->tgid || !search->is_wanted(task)) return;
    search->found = memory_resize(search->found, (search->count + 1) * sizeof *search->found);
    search->found[search->count++] = task->tgid;
}

static void forget_all(struct tracer *tracer, bool (*is_wanted)(const struct task *))
{
    struct search search = {.is_wanted = is_wanted};
    tasks_each(&tracer->tasks, look_at, &search);
    for (size_t i = 0; i < search.count; i++) forget_process(tracer, tasks_find(&tracer->tasks, search.found[i]));
    free(search.found);
}

/* Of those without a descriptor nobody tells. */
static void sweep(struct tracer *tracer)
{
    if (census.unwatched > 0) forget_all(tracer, is_another);
    census.enough = 2 * census.unwatched > SWEEP_LEAST ? 2 * census.unwatched : SWEEP_LEAST;
}

static int watch_by_time(struct tracer *tracer, struct task *leader)
{
    int error = procfs_start(leader->tgid, &leader->started);
    if (error < 0) return error;
    leader->end = -1;
    census.unwatched++;
    if (!tracer->notify.limit_told)
        journal_note(tracer->journal, "many-processes",
                     "more processes at once than the recorder may have descriptors: of the later ones /proc is read at each call");
    tracer->notify.limit_told = true;
    return 0;
}

static int open_end(struct task *leader)
{
    leader->end = (int)syscall(SYS_pidfd_open, leader->tgid, 0);
    if (leader->end < 0) return -errno;
    if (leader->end < census.highest) return 0;
    close(leader->end);
    return -EMFILE;
}

int notify_watch(struct tracer *tracer, struct task *leader)
{
    struct epoll_event event = {.events = EPOLLIN, .data = {.u64 = (uint64_t)leader->tgid}};
    int error = open_end(leader);
    if (!error && epoll_ctl(census.ends, EPOLL_CTL_ADD, leader->end, &event) < 0) {
        error = -errno;
        close(leader->end);
    }
    if (error == -EMFILE || error == -ENFILE || error == -ENOSPC || error == -ENOMEM) error = watch_by_time(tracer, leader);
    if (!error) mark_alive(leader->tgid, true);
    return error;
}

static void read_ends(struct tracer *tracer)
{
    struct epoll_event ended[BATCH];
    int count;
    do {
        count = epoll_wait(census.ends, ended, BATCH, 0);
        for (int i = 0; i < count; i++) {
            struct task *leader = tasks_find(&tracer->tasks, (pid_t)ended[i].data.u64);
            if (leader) forget_process(tracer, leader);
        }
    } while (count == BATCH);
}

static bool is_ending(const struct task *leader)
{
    return leader->ending || (leader->leaving && leader->followers == leader->leavers);
}

void notify_forget_ended(struct tracer *tracer)
{
    read_ends(tracer);
    sweep(tracer);
}

void notify_forget_ending(struct tracer *tracer)
{
    forget_all(tracer, is_ending);
}

void notify_forget(struct tracer *tracer, pid_t pid)
{
    struct task *leader = tasks_find(&tracer->tasks, pid);
    if (leader) forget_process(tracer, leader);
}

static void kill_process(struct task *task, void *nothing)
{
    (void)nothing;
    if (task->tid != task->tgid) return;
    if (task->end >= 0)
        syscall(SYS_pidfd_send_signal, task->end, SIGKILL, NULL, 0);
    else
        kill(task->tgid, SIGKILL);
}

void notify_kill_tasks(const struct tracer *tracer)
{
    tasks_each(&tracer->tasks, kill_process, NULL);
}

/* A file that is deleted has another name from then on, and is the same executable. */
static bool is_name_of(const struct exe *exe, const char *path)
{
    static const char deleted[] = " (deleted)";
    size_t length = strlen(exe->path);
    return !strncmp(path, exe->path, length) && (path[length] == 0 || !strcmp(path + length, deleted));
}

/* What a process runs that is seen for the first time: mostly what its parent runs. 0 or negative errno. */
static int find_image(struct tracer *tracer, struct task *task)
{
    char path[PATH_MAX];
    struct status status;
    struct task *parent = NULL;
    int error = procfs_exe(task->tid, path, sizeof path);
    if (error < 0) return error;
    if (strstr(path, " (deleted)") && procfs_status(task->tid, &status) == 0) parent = tasks_find(&tracer->tasks, status.ppid);
    if (!parent || !parent->image || !is_name_of(parent->image->exe, path)) return trace_new_image(tracer, task);
    task_set_image(task, parent->image);
    return 0;
}

/* NULL: it was killed meanwhile. */
static struct task *add_process(struct tracer *tracer, pid_t pid)
{
    struct task *leader = tasks_add(&tracer->tasks, pid, pid);
    leader->deprived = tracer->notify.deprived;
    if (notify_watch(tracer, leader) == 0) return leader;
    tasks_remove(&tracer->tasks, leader);
    tracer->tasks.processes--;
    tracer->tasks.threads--;
    return NULL;
}

/* Of a leader that has ended before its other threads /proc tells no executable. */
static int share_image(struct tracer *tracer, struct task *leader, struct task *task)
{
    int error = leader->image ? 0 : find_image(tracer, task);
    if (error == 0 && leader->image)
        task_set_image(task, leader->image);
    else if (error == 0)
        task_set_image(leader, task->image);
    return error;
}

static void not_adopted(struct tracer *tracer, struct task *leader, struct task *task)
{
    if (task != leader) tasks_remove(&tracer->tasks, task);
    if (task != leader) tracer->tasks.threads--;
    if (leader->image) return;
    forget_process(tracer, leader);
    tracer->tasks.processes--;
    tracer->tasks.threads--;
}

static struct task *adopt(struct tracer *tracer, const struct seccomp_notif *asked)
{
    pid_t tid = (pid_t)asked->pid, group = tid > 0 ? notify_group(tid) : -ESRCH;
    if (group < 0) return NULL;
    struct task *leader = tasks_find(&tracer->tasks, group);
    if (!leader && census.unwatched >= census.enough) sweep(tracer);
    if (!leader) leader = add_process(tracer, group);
    if (!leader) return NULL;
    struct task *task = group == tid ? leader : tasks_add(&tracer->tasks, tid, group);
    int error = task == leader ? find_image(tracer, task) : share_image(tracer, leader, task);
    /* Valid still: what was read is of the maker of the call, and of nobody who came after it. */
    if (error == 0 && ioctl(census.shared->listener, SECCOMP_IOCTL_NOTIF_ID_VALID, &asked->id) == 0) return task;
    not_adopted(tracer, leader, task);
    return NULL;
}

/* One that has made no call yet. */
static void add_child(pid_t pid, void *context)
{
    struct tracer *tracer = context;
    if (tasks_find(&tracer->tasks, pid) || procfs_has_ended(pid)) return;
    struct task *leader = add_process(tracer, pid);
    if (leader && find_image(tracer, leader) < 0) not_adopted(tracer, leader, leader);
}

static void add_children(struct task *task, void *tracer)
{
    procfs_each_child(task->tgid, task->tid, add_child, tracer);
}

void notify_find_children(struct tracer *tracer)
{
    tasks_each(&tracer->tasks, add_children, tracer);
}

struct group {
    struct tracer *tracer;
    struct task *leader;
};

static void forget_thread(struct tracer *tracer, struct task *leader, struct task *task)
{
    if (task->leaving) leader->leavers--;
    tasks_remove(&tracer->tasks, task);
}

static void forget_gone(struct task *task, void *context)
{
    struct group *group = context;
    if (task->tgid != group->leader->tgid || task == group->leader) return;
    if (!is_thread_of(task->tgid, task->tid))
        forget_thread(group->tracer, group->leader, task);
    else if (task->executing)
        group->leader->unsure = true;
}

/* The first thread asks, and an execution was asked for before: whether that has become something is to be seen. */
static void look_again(struct tracer *tracer, struct task *leader)
{
    struct group group = {tracer, leader};
    const struct exe *before = leader->image->exe;
    char path[PATH_MAX], argv0[256];
    leader->unsure = leader->leaving = leader->ending = false;
    if (leader->followers > 0) tasks_each(&tracer->tasks, forget_gone, &group);
    if (procfs_exe(leader->tid, path, sizeof path) < 0) return;
    procfs_argv0(leader->tid, argv0, sizeof argv0);
    if (is_name_of(before, path) && !strcmp(leader->image->argv0, argv0)) return;
    if (trace_new_image(tracer, leader) == 0 && leader->image->exe != before) trace_check_set_user_id(tracer, leader);
}

static void add_thread(pid_t tid, void *context)
{
    struct group *group = context;
    if (tasks_find(&group->tracer->tasks, tid) || !group->leader->image) return;
    struct task *task = tasks_add(&group->tracer->tasks, tid, group->leader->tgid);
    task->deprived = group->leader->deprived;
    task_set_image(task, group->leader->image);
}

/* Before an execution, or an end, of the whole process: some may not have asked, and will not. */
static void look_for_threads(struct tracer *tracer, struct task *leader)
{
    struct group group = {tracer, leader};
    char path[64];
    if (procfs_threads(leader->tgid) <= (long)leader->followers + 1) return;
    snprintf(path, sizeof path, "/proc/%d/task", leader->tgid);
    tree_each_number(path, add_thread, &group);
}

static void leave(struct tracer *tracer, struct task *leader, struct task *task)
{
    struct group group = {tracer, leader};
    task->leaving = true;
    if (task != leader && ++leader->leavers % GONE_LEAST == 0) tasks_each(&tracer->tasks, forget_gone, &group);
}

/* The task, or NULL if its number is another's by now. */
static struct task *find(struct tracer *tracer, pid_t tid)
{
    struct task *task = tasks_find(&tracer->tasks, tid);
    struct task *leader = task ? tasks_find(&tracer->tasks, task->tgid) : NULL;
    if (!task) return NULL;
    if (is_another(leader)) {
        forget_process(tracer, leader);
        return NULL;
    }
    if (task == leader || (is_thread_of(leader->tgid, tid) && !task->leaving)) return task;
    forget_thread(tracer, leader, task);
    return NULL;
}

struct task *notify_task(struct tracer *tracer, const struct seccomp_notif *asked)
{
    read_ends(tracer);
    struct task *task = find(tracer, (pid_t)asked->pid);
    if (!task) return adopt(tracer, asked);
    if (task->unsure) look_again(tracer, task);
    if (task->cloning) add_children(task, tracer); /* which may end without ever asking */
    task->executing = task->cloning = false; /* it would not ask */
    return task;
}

struct ways {
    abi_t abi;
    int32_t numbers[2];
};

/* Which of the two ways of each ABI the call is, or -1. */
static int way(const struct ways *ways, size_t count, abi_t abi, int32_t nr)
{
    for (size_t i = 0; i < count; i++)
        for (int j = 0; j < 2; j++)
            if (ways[i].abi == abi && ways[i].numbers[j] == nr) return j;
    return -1;
}

bool notify_goes_on(struct tracer *tracer, struct task *task, const struct seccomp_notif *asked)
{
    static const struct ways ends[] = ARCH_ENDS_OF_THREADS, executions[] = ARCH_EXECUTIONS, clones[] = ARCH_CLONES;
    struct task *leader = tasks_find(&tracer->tasks, task->tgid);
    int32_t nr = asked->data.nr;
    abi_t abi = arch_abi(asked->data.arch, &nr);
    bool executes = way(executions, sizeof executions / sizeof *executions, abi, nr) >= 0;
    if (executes) task->executing = leader->unsure = true;
    task->cloning = way(clones, sizeof clones / sizeof *clones, abi, nr) >= 0;
    int end = way(ends, sizeof ends / sizeof *ends, abi, nr);
    if (executes || end == 1) look_for_threads(tracer, leader);
    if (end == 1) leader->ending = true;
    if (end == 0) leave(tracer, leader, task);
    return end < 0 || !is_ending(leader);
}
