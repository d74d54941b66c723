/* Processes that run already: their threads are followed from now on, and what is made or executed among them meanwhile. */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "arguments.h"
#include "ebpf_run.h"
#include "procfs.h"
#include "trace_internal.h"
#include "tree.h"

/* Threads are looked for again until none is new, since those that are not followed yet go on making others. */
enum { ROUNDS = 1000 };

struct running {
    struct ebpf_run *run;
    pid_t pid;
    struct ebpf_task task;
    bool incomplete; /* a thread of it is not followed yet */
    size_t found;
};

int ebpf_follow_thread(struct ebpf_run *run, pid_t tid, const struct ebpf_task *task, bool leads)
{
    struct ebpf_state *state = run->ebpf.state;
    int error = ebpf_add_task(&run->ebpf, tid, task);
    if (error == -EEXIST) return error;
    if (error < 0) {
        __atomic_fetch_add(&state->lost_threads, 1, __ATOMIC_SEQ_CST);
        return error;
    }
    __atomic_fetch_add(&state->live, 1, __ATOMIC_SEQ_CST);
    __atomic_fetch_add(&state->threads, 1, __ATOMIC_SEQ_CST);
    if (!leads) return 0;
    __atomic_fetch_add(&state->leaders, 1, __ATOMIC_SEQ_CST);
    __atomic_fetch_add(&state->processes, 1, __ATOMIC_SEQ_CST);
    return 0;
}

/* Its end may have come before it was followed, and is then not told. */
static void forget_ended(struct ebpf_run *run, pid_t tid, bool leads)
{
    struct ebpf_state *state = run->ebpf.state;
    if (!procfs_has_ended(tid) || ebpf_remove_task(&run->ebpf, tid) < 0) return;
    __atomic_fetch_sub(&state->live, 1, __ATOMIC_SEQ_CST);
    if (leads) __atomic_fetch_sub(&state->leaders, 1, __ATOMIC_SEQ_CST);
}

static void follow_new(pid_t tid, void *context)
{
    struct running *running = context;
    bool leads = tid == running->pid;
    if (procfs_has_ended(tid) || ebpf_follow_thread(running->run, tid, &running->task, leads) < 0) return;
    running->found++;
    forget_ended(running->run, tid, leads);
}

static void find_unfollowed(pid_t tid, void *context)
{
    struct running *running = context;
    if (!ebpf_task_of(&running->run->ebpf, tid) && !procfs_has_ended(tid)) running->incomplete = true;
}

/* What it executed between the look at its executable and the time from which it was followed was not told. */
static void correct(struct running *running)
{
    struct ebpf_task now;
    if (ebpf_see_process(running->run, running->pid, &now) < 0 || now.slot == running->task.slot) return;
    struct ebpf_task *task = ebpf_task_of(&running->run->ebpf, running->pid);
    if (!task || task->image != running->task.image) return;
    task->slot = now.slot;
    task->image = now.image;
}

/* 0 or negative errno. */
static int follow_process(struct running *running, pid_t pid)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/task", pid);
    running->pid = pid;
    running->incomplete = false;
    int error = tree_each_number(path, find_unfollowed, running);
    if (error < 0 || !running->incomplete) return error;
    size_t before = running->found;
    error = ebpf_see_process(running->run, pid, &running->task);
    if (error < 0) return error;
    running->task.flags = EBPF_WAITING;
    error = tree_each_number(path, follow_new, running);
    if (running->found > before) correct(running);
    return error;
}

static bool in_namespace(const struct ebpf_state *state, pid_t pid)
{
    char path[64];
    struct stat file;
    snprintf(path, sizeof path, "/proc/%d/ns/pid", pid);
    return state->namespace && stat(path, &file) == 0 && file.st_ino == state->namespace;
}

/* The pid namespace is the container: others come into it from outside, as docker exec does. */
static void choose_namespace(struct ebpf_state *state, pid_t pid)
{
    char path[64];
    struct stat file, ours;
    struct status status;
    snprintf(path, sizeof path, "/proc/%d/ns/pid", pid);
    if (procfs_status(pid, &status) < 0 || !status.namespace_init) return;
    if (stat(path, &file) < 0 || stat("/proc/self/ns/pid", &ours) < 0 || file.st_ino == ours.st_ino) return;
    state->namespace_device = (uint64_t)major(file.st_dev) << 20 | minor(file.st_dev);
    __atomic_store_n(&state->namespace, file.st_ino, __ATOMIC_SEQ_CST);
}

static void follow_tree(struct running *running, pid_t root)
{
    struct tree tree = {0};
    tree_each_number("/proc", tree_add, &tree);
    tree_mark_below(&tree, root);
    for (size_t i = 0; i < tree.count; i++)
        if (tree.all[i].below || in_namespace(running->run->ebpf.state, tree.all[i].pid)) follow_process(running, tree.all[i].pid);
    free(tree.all);
}

int ebpf_follow_running(struct ebpf_run *run, pid_t pid, bool with_tree)
{
    struct running running = {.run = run};
    int error = 0;
    if (with_tree) choose_namespace(run->ebpf.state, pid);
    for (int i = 0; i == 0 || (running.found > 0 && i < ROUNDS); i++) {
        running.found = 0;
        error = follow_process(&running, pid);
        if (error < 0 && i == 0) return error;
        if (with_tree) follow_tree(&running, pid);
    }
    return 0;
}

static abi_t abi_of(pid_t tid)
{
    char path[64];
    unsigned char header[5] = {0};
    snprintf(path, sizeof path, "/proc/%d/exe", tid);
    int fd = ARCH_TASK_IS_32 ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    if (fd < 0) return ARCH_ABI;
    bool narrow = read(fd, header, sizeof header) == sizeof header && header[4] == 1;
    close(fd);
    return narrow ? ARCH_ABI_32 : ARCH_ABI;
}

/* In which call it is, as /proc says of one that sleeps. Whether it is in one. */
static bool read_call(pid_t tid, int32_t *nr, uint64_t arguments[6])
{
    char path[64], text[256];
    snprintf(path, sizeof path, "/proc/%d/syscall", tid);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return false;
    ssize_t got = read(fd, text, sizeof text - 1);
    close(fd);
    text[got > 0 ? got : 0] = 0;
    return sscanf(text, "%" SCNd32 " %" SCNx64 " %" SCNx64 " %" SCNx64 " %" SCNx64 " %" SCNx64 " %" SCNx64, nr, &arguments[0],
                  &arguments[1], &arguments[2], &arguments[3], &arguments[4], &arguments[5]) == 7 &&
           *nr >= 0;
}

static void count_waiting(struct ebpf_task *task, pid_t tid, void *context)
{
    struct ebpf_run *run = context;
    uint64_t arguments[6], values[TUPLE_VALUES] = {0};
    int32_t nr;
    if (!(task->flags & EBPF_WAITING) || !read_call(tid, &nr, arguments)) return;
    struct call *call = ebpf_call_at(run, task->slot, abi_of(tid), nr);
    call->count++;
    run->tracer->calls.total++;
    const struct watched *watched = call->watched;
    if (!watched || watched->role == ROLE_CLONE3 || watched->role == ROLE_SOCKETCALL) return;
    for (size_t i = 0; i < watched->count && i < TUPLE_VALUES; i++) values[i] = arguments[watched->index[i]];
    if (watched->count > 0) ebpf_keep_tuple(run, task->slot, call, values);
}

void ebpf_count_waiting(struct ebpf_run *run)
{
    ebpf_each_task(&run->ebpf, count_waiting, run);
}
