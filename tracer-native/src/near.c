#include "near.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "procfs.h"
#include "trace_internal.h"

enum {
    BITS = 8 * sizeof(unsigned long),
    ALLOWED_SIZE = 4096,
    /* Resumptions: at first, when it is seen whether it helps, until that is seen again if it does, if it does not. */
    AT_FIRST = 100,
    TRIED = 4,
    WITH_IT = 250,
    WITHOUT_IT = 60,
    /* A stop takes 3 to 5 microseconds where nothing is woken elsewhere, and 20 to 80 where it is. */
    LONG_NS = 12000
};

#define NULL_DEVICE makedev(1, 3)

/* Those that are frequent in programs that begin. A call of a driver's, as ioctl is, can do anything. */
static const int32_t blind[] = {
    SYS_brk, SYS_clock_nanosleep, SYS_close, SYS_dup, SYS_dup3, SYS_epoll_pwait, SYS_exit, SYS_exit_group, SYS_faccessat,
    SYS_faccessat2, SYS_futex, SYS_get_mempolicy, SYS_getcwd, SYS_getdents64, SYS_getegid, SYS_geteuid, SYS_getgid, SYS_getpid,
    SYS_getppid, SYS_getrandom, SYS_gettid, SYS_getuid, SYS_madvise, SYS_mbind, SYS_mprotect, SYS_munmap, SYS_openat, SYS_pipe2,
    SYS_ppoll, SYS_prlimit64, SYS_readlinkat, SYS_rseq, SYS_rt_sigaction, SYS_rt_sigprocmask, SYS_rt_sigreturn, SYS_sched_yield,
    SYS_set_mempolicy, SYS_set_robust_list, SYS_set_tid_address, SYS_sigaltstack, SYS_statx, SYS_sysinfo, SYS_uname, SYS_wait4,
    SYS_waitid,
    ARCH_OLDER_CALLS
};

/* Blind if their file is, which is the argument of that index. What a file of /proc says is put together by lseek, too. */
static const struct {
    int32_t nr;
    int file;
} blind_by_file[] = {{SYS_read, 0}, {SYS_pread64, 0}, {SYS_lseek, 0}, {SYS_write, 0}, {SYS_ioctl, 0}, {SYS_mmap, 4}};

static int get_mask(pid_t tid, struct processors *mask)
{
    memset(mask, 0, sizeof *mask);
    return syscall(SYS_sched_getaffinity, tid, sizeof *mask, mask) < 0 ? -errno : 0;
}

static int set_mask(pid_t tid, const struct processors *mask)
{
    return syscall(SYS_sched_setaffinity, tid, sizeof *mask, mask) < 0 ? -errno : 0;
}

/*
 * All that there may ever be, not those of now: the kernel remembers what was asked for and leaves out what a task's cpuset
 * lacks, so that this task will have a processor that comes into its cpuset as one has it that was never bound.
 */
static int set_free(pid_t tid)
{
    struct processors all;
    memset(&all, 0xff, sizeof all);
    return set_mask(tid, &all);
}

static bool is_same(const struct processors *one, const struct processors *other)
{
    return !memcmp(one, other, sizeof *one);
}

static bool has(const struct processors *mask, int processor)
{
    return mask->bits[processor / BITS] >> (processor % BITS) & 1;
}

static bool is_several(const struct processors *mask)
{
    int count = 0;
    for (size_t i = 0; i < sizeof mask->bits / sizeof *mask->bits; i++) count += __builtin_popcountl(mask->bits[i]);
    return count > 1;
}

/*
 * Older kernels leave out also what is not switched on, and with a program of /proc that would show: so both are compared.
 * Whoever is bound already, or is by the way of its kernel (isolcpus), has another mask afterwards.
 */
static bool stays_as_it_is(struct processors *mask)
{
    char before[ALLOWED_SIZE], after[ALLOWED_SIZE];
    struct processors now;
    return get_mask(0, mask) == 0 && is_several(mask) && procfs_processors(before, sizeof before) == 0 && set_free(0) == 0 &&
           get_mask(0, &now) == 0 && is_same(mask, &now) && procfs_processors(after, sizeof after) == 0 && !strcmp(before, after);
}

/*
 * In a child, for the tracer's own mask is not to change; and a filter that is above the tracer may kill who asks. It has the
 * tracer's memory, where its answer is, so that no handler may run in it.
 */
static bool is_possible(struct processors *everywhere)
{
    sigset_t all, before;
    int status;
    sigfillset(&all);
    sigprocmask(SIG_BLOCK, &all, &before);
    pid_t child = vfork();
    if (child == 0) _exit(stays_as_it_is(everywhere) ? 0 : 1);
    while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR) continue;
    sigprocmask(SIG_SETMASK, &before, NULL);
    return child > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static uint64_t device_of(const struct statx *file)
{
    return makedev(file->stx_dev_major, file->stx_dev_minor);
}

/* 0: there is none here. */
static uint64_t device_of_sysfs(void)
{
    struct statfs system;
    struct statx folder;
    if (statfs("/sys", &system) < 0 || system.f_type != SYSFS_MAGIC) return 0;
    return statx(AT_FDCWD, "/sys", AT_STATX_DONT_SYNC, 0, &folder) < 0 ? 0 : device_of(&folder);
}

void near_start(struct tracer *tracer)
{
    struct near *near = &tracer->near;
    /* Where the tracer's end is not the tracees' (PTRACE_O_EXITKILL), they would stay bound by it. */
    if (tracer->beneath || tracer->attached) return;
    near->on = is_possible(&near->everywhere);
    near->sysfs = device_of_sysfs();
    near->helps = true;
    near->left = AT_FIRST;
}

static struct processors only(int processor)
{
    struct processors mask = {0};
    mask.bits[processor / BITS] = 1UL << (processor % BITS);
    return mask;
}

/*
 * What somebody else has bound it to at this moment stays. A change of its cpuset is none, and leaves the mask alone that
 * the kernel remembers to have been asked for: so it is freed in any case, and bound again where that made a difference.
 */
static void unbind(pid_t tid, int processor)
{
    struct processors here = only(processor), nowhere = {0}, now, after;
    if (get_mask(tid, &now) < 0) return;
    while (set_free(tid) == -ENOMEM) continue;
    if (is_same(&now, &here) || is_same(&now, &nowhere) || get_mask(tid, &after) < 0) return;
    if (!is_same(&now, &after)) set_mask(tid, &now);
}

static void free_tracer(struct near *near)
{
    if (near->bound) unbind(0, near->bound_to);
    near->bound = false;
}

void near_stop(struct tracer *tracer)
{
    tracer->near.on = false;
    free_tracer(&tracer->near);
}

/* Without asking the file system's server, which may be of the workload. */
static int look_at(pid_t tid, const char *name, struct statx *file)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/%s", tid, name);
    return statx(AT_FDCWD, path, AT_STATX_DONT_SYNC, 0, file) < 0 ? -errno : 0;
}

/*
 * A pipe, a socket, the null device, what sysfs tells, and a file beside its program: what it says of masks, as files of /proc
 * do, is from before.
 */
static bool is_blind_file(const struct near *near, struct task *task, int32_t nr, uint64_t fd)
{
    const bool reads = nr == SYS_read || nr == SYS_pread64;
    struct statx file, program;
    char name[32];
    snprintf(name, sizeof name, "fd/%u", (unsigned)fd);
    if (look_at(task->tid, name, &file) < 0) return false;
    if (S_ISFIFO(file.stx_mode) || S_ISSOCK(file.stx_mode)) return true;
    if (S_ISCHR(file.stx_mode)) return makedev(file.stx_rdev_major, file.stx_rdev_minor) == NULL_DEVICE;
    if (reads && device_of(&file) == near->sysfs) return true;
    if (!task->image->device && look_at(task->tid, "exe", &program) == 0) task->image->device = device_of(&program);
    return S_ISREG(file.stx_mode) && device_of(&file) == task->image->device;
}

static bool is_among_the_blind(int32_t nr)
{
    for (size_t i = 0; i < sizeof blind / sizeof *blind; i++)
        if (blind[i] == nr) return true;
    return false;
}

/* Another thread can have the descriptor stand for another file meanwhile. */
static bool is_alone(const struct task *task)
{
    return task->tid == task->tgid && task->followers == 0;
}

bool near_is_blind(const struct tracer *tracer, struct task *task, abi_t abi, int32_t nr, const uint64_t arguments[6])
{
    if (!tracer->near.on || abi != ARCH_ABI) return false;
    if (is_among_the_blind(nr)) return true;
    if (nr == SYS_mmap && arguments[3] & MAP_ANONYMOUS) return true;
    for (size_t i = 0; i < sizeof blind_by_file / sizeof *blind_by_file; i++)
        if (blind_by_file[i].nr == nr)
            return tracer->tasks.seeing == 0 && is_alone(task) && is_blind_file(&tracer->near, task, nr, arguments[blind_by_file[i].file]);
    return false;
}

/* Whoever has a higher priority than the tracer takes its processor at once, before it can be freed, and for as long as it likes. */
static bool goes_before(pid_t tid)
{
    int policy = sched_getscheduler(tid);
    return policy != SCHED_OTHER && policy != SCHED_BATCH && policy != SCHED_IDLE;
}

/* What the workload's cpuset has may be more than the tracer's: that is found out once, while the task stands still. */
static bool goes_everywhere(struct tracer *tracer, struct task *task)
{
    const struct processors *everywhere = &tracer->near.everywhere;
    struct processors now;
    if (goes_before(task->tid)) near_stop(tracer);
    if (!tracer->near.on || get_mask(task->tid, &now) < 0 || !is_same(&now, everywhere)) return task->goes_everywhere = false;
    if (task->goes_everywhere) return true;
    int error = set_free(task->tid);
    if (!error && get_mask(task->tid, &now) == 0 && is_same(&now, everywhere)) return task->goes_everywhere = true;
    if (!error) set_mask(task->tid, everywhere);
    if (error != -ESRCH) near_stop(tracer); /* not permitted, or bound by its user's choice */
    return false;
}

static uint64_t now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static void change(struct near *near)
{
    switch (near->trial) {
    case NEAR_IS_KNOWN:
        near->trial = NEAR_TRIES_WITHOUT;
        near->without = near->with = UINT64_MAX;
        near->left = TRIED;
        return;
    case NEAR_TRIES_WITHOUT:
        near->trial = NEAR_TRIES_WITH;
        near->left = TRIED;
        return;
    case NEAR_TRIES_WITH:
        near->trial = NEAR_IS_KNOWN;
        near->helps = near->without > LONG_NS && near->with < near->without;
        near->left = near->helps ? WITH_IT : WITHOUT_IT;
    }
}

static bool is_of_use(struct near *near)
{
    if (near->always) return true;
    if (near->left == 0) change(near);
    near->left--;
    return near->trial == NEAR_TRIES_WITH || (near->trial == NEAR_IS_KNOWN && near->helps);
}

void near_stopped(struct tracer *tracer)
{
    struct near *near = &tracer->near;
    if (!near->resumed) return;
    uint64_t taken = now_ns() - near->resumed, *least = near->resumed_near ? &near->with : &near->without;
    near->resumed = 0;
    if (taken < *least) *least = taken;
}

/* What its user has bound it to stays. */
static bool bind_tracer(struct tracer *tracer, const struct processors *here, int processor)
{
    struct near *near = &tracer->near;
    struct processors now;
    if (near->bound) return true;
    if (get_mask(0, &now) < 0 || !is_same(&now, &near->everywhere)) near_stop(tracer);
    near->bound_to = processor;
    return near->bound = near->on && set_mask(0, here) == 0;
}

static bool bind(struct tracer *tracer, struct task *task)
{
    const struct near *near = &tracer->near;
    int processor = goes_everywhere(tracer, task) ? sched_getcpu() : -1;
    if (processor < 0 || !has(&near->everywhere, processor)) return false;
    struct processors here = only(processor);
    task->bound_to = processor;
    /* Refused where it has a deadline (EBUSY), where its cpuset has become another one (EINVAL), where it is no more. */
    return bind_tracer(tracer, &here, processor) && set_mask(task->tid, &here) == 0;
}

bool near_bind(struct tracer *tracer, struct task *task)
{
    struct near *near = &tracer->near;
    bool possible = near->on && tracer->tasks.seeing == 0, wanted = possible && is_of_use(near);
    bool bound = wanted && bind(tracer, task);
    if (!bound) free_tracer(near);
    near->resumed_near = bound;
    near->resumed = possible && bound == wanted && near->trial != NEAR_IS_KNOWN ? now_ns() : 0;
    return bound;
}

void near_free(const struct task *task)
{
    unbind(task->tid, task->bound_to);
}
