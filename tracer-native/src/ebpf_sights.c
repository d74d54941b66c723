/* From the events of the BPF programs, and in the end from their maps, to the lines of the journal. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/fs.h>
#include <linux/seccomp.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "arguments.h"
#include "ebpf_run.h"
#include "memory.h"
#include "procfs.h"
#include "trace_internal.h"
#include "untraced.h"

static void remember_argv0(struct ebpf_run *run, uint32_t image, const char *argv0)
{
    struct ebpf_image *place = &run->images[image % EBPF_IMAGES];
    place->number = image;
    snprintf(place->argv0, sizeof place->argv0, "%s", argv0);
}

static const char *argv0_of(const struct ebpf_run *run, uint32_t image)
{
    const struct ebpf_image *place = &run->images[image % EBPF_IMAGES];
    return place->number == image ? place->argv0 : "";
}

static struct caller caller_of(const struct ebpf_run *run, const struct ebpf_event *event)
{
    int64_t ns = (int64_t)event->ns - run->tracer->journal->start;
    return (struct caller){.pid = (pid_t)event->pid, .argv0 = argv0_of(run, event->image), .ns = ns > 0 ? (uint64_t)ns : 1};
}

struct exe *ebpf_exe_of(struct ebpf_run *run, uint32_t slot, struct caller caller)
{
    if (slot >= EBPF_SLOTS) slot = 0;
    const char *path = run->paths[slot] ? run->paths[slot] : slot ? "[unknown]" : "(other)";
    if (!run->exes[slot]) run->exes[slot] = calls_exe(&run->tracer->calls, path, caller);
    return run->exes[slot];
}

/* Another processor's event may be earlier than the one that tells of the call itself. */
static struct call *call_of(struct ebpf_run *run, const struct ebpf_event *event)
{
    struct caller caller = caller_of(run, event);
    struct exe *exe = ebpf_exe_of(run, event->slot, caller);
    struct call *call = calls_find(exe, event->abi, event->nr);
    if (call) return call;
    trace_note_abi(run->tracer, exe, event->abi);
    return calls_enter(&run->tracer->calls, exe, event->abi, event->nr, caller);
}

static void saw_call(struct ebpf_run *run, const struct ebpf_event *event)
{
    struct calls *calls = &run->tracer->calls;
    struct caller caller = caller_of(run, event);
    struct exe *exe = ebpf_exe_of(run, event->slot, caller);
    enum phase now = calls->phase;
    trace_note_abi(run->tracer, exe, event->abi);
    calls->phase = event->phase < PHASE_COUNT ? (enum phase)event->phase : now;
    calls_enter(calls, exe, event->abi, event->nr, caller);
    calls->phase = now;
}

void ebpf_keep_tuple(struct ebpf_run *run, uint32_t slot, struct call *call, const uint64_t *values)
{
    const struct watched *watched = call->watched;
    if (!watched || call->many) return;
    size_t count = watched->role == ROLE_CLONE3 ? 1 : watched->role == ROLE_SOCKETCALL ? TUPLE_VALUES : watched->count;
    calls_tuple(&run->tracer->calls, run->exes[slot], call, values, count);
}

static void saw_signal(struct ebpf_run *run, const struct ebpf_event *event)
{
    trace_begin_shutdown(run->tracer, (int)event->error);
}

static void saw_left(struct ebpf_run *run, const struct ebpf_event *event)
{
    struct tasks *tasks = &run->tracer->tasks;
    if ((pid_t)event->pid == run->tracer->launched->main_pid) untraced_forget_tasks(run->tracer);
    if ((pid_t)event->pid == run->tracer->launched->main_pid || tasks_find(tasks, (pid_t)event->pid)) return;
    struct task *task = tasks_add(tasks, (pid_t)event->pid, (pid_t)event->pid);
    task_set_image(task, image_new(ebpf_exe_of(run, event->slot, caller_of(run, event)), ""));
}

static enum role role_of(const struct call *call)
{
    return call->watched ? call->watched->role : ROLE_NONE;
}

static uint64_t operation_of(enum role role)
{
    return role == ROLE_PRCTL ? PR_SET_SECCOMP : SECCOMP_SET_MODE_FILTER;
}

/* Whether what /proc has said of the process before was of this execution, not of a later one. */
static bool still_runs(const struct ebpf_run *run, const struct ebpf_event *event)
{
    const struct ebpf_task *task = ebpf_task_of(&run->ebpf, (pid_t)event->pid);
    return task && task->image == event->image;
}

/* The files that have a slot are told apart by inode; a path is what a recording knows them by. */
static void saw_exec(struct ebpf_run *run, const struct ebpf_exec *exec)
{
    char path[PATH_MAX];
    uint32_t slot = exec->event.slot;
    if (slot == 0 || slot >= EBPF_SLOTS || run->paths[slot]) return;
    bool known = procfs_exe((pid_t)exec->event.pid, path, sizeof path) == 0;
    if (!known || !still_runs(run, &exec->event)) ebpf_find_path(run, exec, path, sizeof path);
    run->paths[slot] = memory_text(path);
}

static void saw_argv0(struct ebpf_run *run, const struct ebpf_exec *exec)
{
    remember_argv0(run, exec->event.image, exec->path);
    ebpf_exe_of(run, exec->event.slot, caller_of(run, &exec->event));
}

void ebpf_saw_capability(struct ebpf_run *run, const struct ebpf_event *event)
{
    ebpf_keep_capability(run, call_of(run, event), event->error & ~(uint32_t)EBPF_GRANTED, event->error & EBPF_GRANTED);
}

void ebpf_keep_capability(struct ebpf_run *run, struct call *call, uint32_t capability, bool granted)
{
    uint64_t bit = UINT64_C(1) << (capability & 63), *seen = granted ? &call->granted : &call->refused;
    if (*seen & bit) return;
    *seen |= bit;
    struct journal *journal = run->tracer->journal;
    calls_begin_line(journal, "capability", call);
    journal_number(journal, "capability", capability);
    journal_bool(journal, "granted", granted);
    journal_end(journal);
}

static void show(const void *bytes, size_t size, void *context)
{
    struct ebpf_run *run = context;
    const struct ebpf_event *event = bytes;
    struct call *call;
    if (size < sizeof *event) return;
    switch ((enum ebpf_type)event->type) {
    case EBPF_CALL: saw_call(run, event); break;
    case EBPF_TUPLE:
        call = call_of(run, event);
        ebpf_keep_tuple(run, event->slot, call, event->values);
        break;
    case EBPF_TOO_MANY: calls_many(&run->tracer->calls, call_of(run, event)); break;
    case EBPF_UNREAD:
        call = call_of(run, event);
        trace_note_unreadable(run->tracer, run->exes[event->slot], role_of(call));
        break;
    case EBPF_ERRNO: calls_failed(&run->tracer->calls, call_of(run, event), (int)event->error, 1); break;
    case EBPF_DONE:
        call = call_of(run, event);
        trace_note_success(run->tracer, run->exes[event->slot], role_of(call), operation_of(role_of(call)));
        break;
    case EBPF_READY: trace_begin_serving(run->tracer, ebpf_exe_of(run, event->slot, caller_of(run, event))); break;
    case EBPF_SIGNAL: saw_signal(run, event); break;
    case EBPF_EXEC:
        if (size >= sizeof(struct ebpf_exec)) saw_exec(run, bytes);
        break;
    case EBPF_ARGV0:
        if (size >= sizeof(struct ebpf_exec)) saw_argv0(run, bytes);
        break;
    case EBPF_CAPABILITY: ebpf_saw_capability(run, event); break;
    case EBPF_LEFT: saw_left(run, event); break;
    case EBPF_LAST: break;
    }
}

void ebpf_read_events(struct ebpf_run *run)
{
    ebpf_ring_read(&run->ring, show, run);
}

/* What is at an inode's number after the file was deleted is another one. 0 where the file system does not tell. */
static uint32_t generation_of(const char *name)
{
    uint64_t generation = 0; /* as long as the request says; most file systems fill its half */
    int fd = open(name, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0) return 0;
    if (ioctl(fd, FS_IOC_GETVERSION, &generation) < 0) generation = 0;
    close(fd);
    return (uint32_t)generation;
}

/* name leads to the file. Where the generation is not known the kernel sees another file, which the path makes the same one. */
static void fill_key(const struct ebpf_run *run, const char *path, const char *name, const struct stat *file, void *key)
{
    const uint64_t inode[] = {file->st_ino, (uint64_t)major(file->st_dev) << 20 | minor(file->st_dev), generation_of(name)};
    memset(key, 0, EBPF_PATH + sizeof(uint64_t));
    if (run->ebpf.layout.typed)
        memcpy(key, inode, sizeof inode);
    else
        memcpy(key, path, strnlen(path, EBPF_PATH - 1));
}

static uint32_t new_slot(struct ebpf_run *run)
{
    struct ebpf_state *state = run->ebpf.state;
    uint32_t slot = __atomic_fetch_add(&state->slots, 1, __ATOMIC_SEQ_CST);
    if (slot < EBPF_SLOTS) return slot;
    __atomic_store_n(&state->slots, EBPF_SLOTS, __ATOMIC_SEQ_CST);
    return 0;
}

static uint32_t slot_of(struct ebpf_run *run, const void *key)
{
    uint32_t slot;
    if (bpf_map_find(run->ebpf.maps[MAP_EXECUTABLES], key, &slot) == 0) return slot;
    slot = new_slot(run);
    return slot && bpf_map_put(run->ebpf.maps[MAP_EXECUTABLES], key, &slot) < 0 ? 0 : slot;
}

int ebpf_see_process(struct ebpf_run *run, pid_t pid, struct ebpf_task *task)
{
    char path[PATH_MAX], argv0[EBPF_PATH], name[64];
    uint64_t key[EBPF_PATH / 8 + 1];
    struct stat file = {0};
    int error = procfs_exe(pid, path, sizeof path);
    if (error < 0) return error;
    procfs_argv0(pid, argv0, sizeof argv0);
    snprintf(name, sizeof name, "/proc/%d/exe", pid);
    bool hidden = stat(name, &file) < 0; /* of another user, say: its next execution, which the kernel sees, is another one */
    if (hidden && (errno == ENOENT || errno == ESRCH)) return -ESRCH;
    fill_key(run, path, name, &file, key);
    *task = (struct ebpf_task){.slot = hidden ? new_slot(run) : slot_of(run, key),
                               .image = __atomic_fetch_add(&run->ebpf.state->images, 1, __ATOMIC_SEQ_CST),
                               .flags = EBPF_FRESH};
    remember_argv0(run, task->image, argv0);
    if (task->slot && !run->paths[task->slot]) run->paths[task->slot] = memory_text(path);
    ebpf_exe_of(run, task->slot, (struct caller){.pid = pid, .argv0 = argv0});
    return 0;
}
