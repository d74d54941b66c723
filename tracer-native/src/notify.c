#include "notify.h"

#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "arguments.h"
#include "guard.h"
#include "load.h"
#include "procfs.h"
#include "signals.h"
#include "trace_internal.h"
#include "untraced.h"

#ifndef SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV
#define SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV (1UL << 5)
#endif
#ifndef SECCOMP_USER_NOTIF_FD_SYNC_WAKE_UP
#define SECCOMP_USER_NOTIF_FD_SYNC_WAKE_UP (1UL << 0)
#define SECCOMP_IOCTL_NOTIF_SET_FLAGS _IOW('!', 4, uint64_t)
#endif

/* Milliseconds: what is killed, or waited for, is looked for again; and how long nobody known is left until that is all. */
enum { KILL_AGAIN = 10, LOOK_AGAIN = 500, QUIET_ENOUGH = 1000 };

static struct {
    struct notify_shared *shared;
    int listener; /* -1: none yet, or none any more */
    int ended;    /* see untraced_end() */
    pid_t guard;
    bool reaps;       /* PID 1 of a container: others' children become its own */
    bool main_reaped; /* among them */
    int main_status;
    unsigned quiet; /* for how long nobody known has been left */
} run = {.listener = -1, .ended = -1};

static void child_has_changed(int number)
{
    (void)number;
}

/* Without it signals interrupt calls that wait for the answer: they are notified of twice, or fail with EINTR. */
static bool signals_can_wait(void)
{
    long flags = SECCOMP_FILTER_FLAG_NEW_LISTENER | SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV;
    return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, flags, NULL) < 0 && errno == EFAULT; /* not EINVAL */
}

static int refuse(struct tracer *tracer, int error, const char *problem)
{
    tracer->problem = problem;
    return error;
}

/* SIGCHLD comes while it waits for the first execution, and at no other time. */
static int handle_children(void)
{
    struct sigaction action = {.sa_handler = child_has_changed};
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGCHLD);
    return sigprocmask(SIG_BLOCK, &set, NULL) < 0 || sigaction(SIGCHLD, &action, NULL) < 0 ? -errno : 0;
}

static int start_notify(struct tracer *tracer)
{
    if (tracer->filter) return refuse(tracer, -EINVAL, "what a filter refuses is told by the back end ptrace");
    if (!signals_can_wait())
        return refuse(tracer, -EOPNOTSUPP,
                      "it needs Linux 5.19 or later, where signals wait for the recorder's answer; --tracer ptrace and late do not");
    run.shared = mmap(NULL, sizeof *run.shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (run.shared == MAP_FAILED) return -errno;
    run.shared->serves_on = tracer->beneath;
    run.reaps = getpid() == 1;
    tracer->calls.without_results = true;
    int error = notify_open_tasks(run.shared);
    if (!error) error = handle_children();
    if (!error) error = untraced_seize(tracer);
    /* Only from a stop on do the stops at system calls begin. */
    if (!error && ptrace(PTRACE_INTERRUPT, tracer->launched->main_pid, NULL, NULL) < 0) error = -errno;
    return error;
}

static int take_listener(const struct task *task, int there)
{
    int process = (int)syscall(SYS_pidfd_open, task->tgid, 0);
    if (process < 0) return -errno;
    int fd = (int)syscall(SYS_pidfd_getfd, process, there, 0), error = fd < 0 ? -errno : 0;
    close(process);
    return error ? error : fd;
}

/* Where the kernel knows it: the tracer runs where the call was made, and is not woken elsewhere. */
static void listen_here(int fd)
{
    run.listener = run.shared->listener = fd;
    ioctl(fd, SECCOMP_IOCTL_NOTIF_SET_FLAGS, SECCOMP_USER_NOTIF_FD_SYNC_WAKE_UP);
}

static void cannot_load(struct tracer *tracer, int64_t result)
{
    char detail[200];
    snprintf(detail, sizeof detail, "the filter that notifies: %s; --tracer ptrace and late need none of it", strerror((int)-result));
    journal_begin(tracer->journal, "error");
    journal_text(tracer->journal, "stage", "seize");
    journal_signed(tracer->journal, "errno", -result);
    journal_text(tracer->journal, "message", detail);
    journal_end(tracer->journal);
    kill(tracer->launched->main_pid, SIGKILL);
}

/* At the exit of a call. 0, or -ESRCH with *status as struct injection has it. */
static int load(struct tracer *tracer, struct task *task, int *status)
{
    struct notify_filter filter;
    struct loading loading = {.task = task,
                              .program = &filter.program,
                              .flags = SECCOMP_FILTER_FLAG_NEW_LISTENER | SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV};
    notify_filter(&tracer->calls, &filter);
    int error = load_filter(&loading);
    if (error == -ESRCH) *status = loading.injection.status;
    if (error) return error == -ESRCH ? error : 0; /* another time: it is in the midst of something */
    int fd = loading.result < 0 ? (int)loading.result : take_listener(task, (int)loading.result);
    tracer->notify.loaded = true;
    tracer->notify.deprived = task->deprived;
    if (fd < 0)
        cannot_load(tracer, fd);
    else
        listen_here(fd);
    return 0;
}

/* A filter of the workload's own that denies a call answers before ours, and nobody hears of the call. */
static void note_filter(struct tracer *tracer, const struct task *task, const struct seccomp_data *data)
{
    enum role role = task->call && task->call->watched ? task->call->watched->role : ROLE_NONE;
    bool loads = (role == ROLE_SECCOMP && data->args[0] <= SECCOMP_SET_MODE_FILTER) ||
                 (role == ROLE_PRCTL && data->args[0] == PR_SET_SECCOMP);
    if (!loads || tracer->notify.hides_told) return;
    tracer->notify.hides_told = true;
    char detail[256];
    snprintf(detail, sizeof detail, "%s may have installed a seccomp filter of its own: calls that it denies were not seen",
             task->image->exe->path);
    journal_note(tracer->journal, "calls-hidden", detail);
}

/* One that was killed meanwhile made no call. */
static void lose(struct tracer *tracer, const struct seccomp_notif *asked)
{
    const struct task unknown = {.tgid = (pid_t)asked->pid};
    if (ioctl(run.listener, SECCOMP_IOCTL_NOTIF_ID_VALID, &asked->id) < 0) return;
    if (tracer->notify.lost_told)
        tracer->lost_stops++;
    else
        trace_lost_stop(tracer, &unknown, "a call");
    tracer->notify.lost_told = true;
}

/* PID 1, and the tracer with it, ends when this call is made: which is then the guard's to allow. */
static void leave(struct tracer *tracer, const struct seccomp_notif *asked)
{
    notify_forget_ended(tracer);
    trace_main_leaves(tracer, (int)(asked->data.args[0] & 0xff) << 8);
}

static void enter(struct tracer *tracer, const struct seccomp_notif *asked)
{
    struct __ptrace_syscall_info info = {.arch = asked->data.arch, .instruction_pointer = asked->data.instruction_pointer};
    struct task *task = notify_task(tracer, asked);
    if (!task) {
        lose(tracer, asked);
        return;
    }
    bool main = task->tgid == tracer->launched->main_pid;
    info.entry.nr = (uint32_t)asked->data.nr;
    memcpy(info.entry.args, asked->data.args, sizeof asked->data.args);
    trace_enter(tracer, task, &info);
    note_filter(tracer, task, &asked->data);
    if (task->call) notify_heed_handler(tracer, task, &asked->data);
    if (task->call && task->call->nr == tracer->ready_call && task->call->abi == ARCH_ABI) trace_begin_serving(tracer, task->image->exe);
    task->call = NULL;
    if (!notify_goes_on(tracer, task, asked) && main && tracer->beneath) leave(tracer, asked);
}

static void kill_asking(const struct seccomp_notif *asked)
{
    pid_t group = notify_group((pid_t)asked->pid);
    bool there = group > 0 && ioctl(run.listener, SECCOMP_IOCTL_NOTIF_ID_VALID, &asked->id) == 0;
    if (there) kill(group, SIGKILL);
}

static void answer_one(struct tracer *tracer)
{
    struct notify_shared *shared = run.shared;
    const struct seccomp_notif *asked = notify_take(run.listener);
    run.quiet = 0;
    if (!asked) return;
    if (tracer->killing) {
        kill_asking(asked);
        return;
    }
    shared->asked = asked->id;
    shared->has_asked = true;
    if (tracer->started)
        enter(tracer, asked);
    else if (tracer->beneath && asked->data.nr == SYS_exit_group)
        leave(tracer, asked); /* COMMAND could not be executed */
    if (tracer->over) return;
    notify_let_go(run.listener, asked->id);
    shared->has_asked = false;
}

static void heed(struct tracer *tracer)
{
    if (signals_passed_on(SIGTERM)) trace_begin_shutdown(tracer, SIGTERM);
    if (!signals_ticked()) return;
    /* With PID 1 all are killed: then these have not ended before it. */
    if (!tracer->pid1 || !procfs_is_exiting(tracer->launched->main_pid)) notify_forget_ended(tracer);
    trace_heed(tracer);
    trace_write_progress(tracer);
}

/* What waitpid says of the main process, while its calls are answered. 0, -EAGAIN or another negative errno. */
static int wait_for_main(struct tracer *tracer, int *status)
{
    struct pollfd listener = {.fd = run.listener, .events = POLLIN};
    sigset_t mask;
    sigprocmask(SIG_BLOCK, NULL, &mask);
    sigdelset(&mask, SIGCHLD);
    bool listens = listener.fd >= 0;
    if (listens && ppoll(&listener, 1, NULL, &mask) > 0 && listener.revents & POLLIN) answer_one(tracer);
    pid_t pid = waitpid(tracer->launched->main_pid, status, __WALL | (listens ? WNOHANG : 0));
    return pid > 0 ? 0 : pid == 0 || errno == EINTR ? -EAGAIN : -errno;
}

/* At the stop of its first execve, which is the workload's first call. */
static int begin(struct tracer *tracer)
{
    struct task *task = tasks_find(&tracer->tasks, tracer->launched->main_pid);
    if (!tracer->notify.loaded) {
        cannot_load(tracer, -EAGAIN);
        return 0;
    }
    run.ended = untraced_end(tracer);
    if (run.ended < 0) return run.ended;
    trace_write_workload(tracer, task);
    if (trace_new_image(tracer, task) < 0) return 0; /* killed: its end will be told */
    trace_enter_first_exec(tracer, task);
    task->call = NULL;
    trace_check_set_user_id(tracer, task);
    run.guard = guard_start(notify_kill_all, run.shared);
    if (run.guard < 0) return run.guard;
    int error = notify_watch(tracer, task);
    if (error < 0) return error;
    return ptrace(PTRACE_DETACH, task->tid, NULL, NULL) < 0 && errno != ESRCH ? -errno : 0;
}

/* At its first stops, until it has the filter. Whether there is a report of it still to be looked at. */
static bool stopped_at_call(struct tracer *tracer, int *status)
{
    struct __ptrace_syscall_info info;
    pid_t pid = tracer->launched->main_pid;
    int error = 0;
    if (ptrace(PTRACE_GET_SYSCALL_INFO, pid, (void *)sizeof info, &info) < 0) return false;
    if (!tracer->notify.loaded && info.op == PTRACE_SYSCALL_INFO_EXIT && info.exit.rval >= 0)
        error = load(tracer, tasks_find(&tracer->tasks, pid), status);
    if (error == -ESRCH) return *status != INJECT_NO_STATUS;
    ptrace(tracer->notify.loaded ? PTRACE_CONT : PTRACE_SYSCALL, pid, NULL, NULL);
    return false;
}

static int await_execution(struct tracer *tracer)
{
    while (!tracer->started && !tracer->main_ended && !tracer->over) {
        int status, error = wait_for_main(tracer, &status);
        heed(tracer);
        if (error == -EAGAIN) continue;
        if (error < 0) return error;
        bool calls = WIFSTOPPED(status) && status >> 8 == (SIGTRAP | 0x80);
        if (calls && !stopped_at_call(tracer, &status)) continue;
        error = untraced_reported(tracer, status, tracer->notify.loaded ? PTRACE_CONT : PTRACE_SYSCALL, begin);
        if (error < 0) return error;
    }
    return 0;
}

static void reap(const struct tracer *tracer)
{
    int status;
    for (pid_t pid; run.reaps && (pid = waitpid(-1, &status, WNOHANG | __WALL)) > 0;) {
        if (pid != tracer->launched->main_pid) continue;
        run.main_reaped = true;
        run.main_status = status;
    }
}

static int main_has_ended(struct tracer *tracer)
{
    int status = run.main_status, error = 0;
    reap(tracer);
    if (!run.main_reaped) error = untraced_status(tracer, run.ended, &status);
    if (error < 0) return error == -EAGAIN ? 0 : error;
    if (!tracer->pid1) {
        notify_forget_ended(tracer);
        notify_find_children(tracer);
    }
    notify_forget_ending(tracer);
    notify_forget(tracer, tracer->launched->main_pid);
    if (tracer->pid1) { /* the rest has ended too, but not by itself */
        trace_name_rest(tracer, tracer->tasks.processes_now, true);
        notify_forget_ended(tracer);
    }
    trace_main_ended(tracer, status);
    return 0;
}

/* Whether anybody is left that can be waited for: the kernel says so when all have been reaped, too. */
static bool goes_on(struct tracer *tracer)
{
    if (tracer->over) return false;
    if (!tracer->main_ended) return true;
    if (run.listener < 0 || run.quiet >= QUIET_ENOUGH) return false;
    notify_forget_ended(tracer);
    if (!tracer->killing) return true;
    notify_find_children(tracer);
    notify_kill_tasks(tracer);
    return true;
}

static void listen(struct tracer *tracer, short events)
{
    if (events & POLLIN) {
        answer_one(tracer);
    } else if (events & POLLHUP) { /* POLLERR alone: a signal came while the kernel waited for its own lock */
        close(run.listener);
        run.listener = -1; /* nobody is left that it could ask about */
    }
}

static int serve(struct tracer *tracer)
{
    int error = 0;
    while (!error && goes_on(tracer)) {
        struct pollfd waits[] = {{.fd = run.listener, .events = POLLIN},
                                 {.fd = tracer->main_ended ? -1 : run.ended, .events = POLLIN}};
        int pause = tracer->killing ? KILL_AGAIN : tracer->main_ended ? LOOK_AGAIN : -1;
        int ready = poll(waits, 2, pause);
        if (ready < 0 && errno != EINTR) return -errno;
        if (ready == 0 && tracer->tasks.count == 0) run.quiet += (unsigned)pause;
        if (ready > 0) listen(tracer, waits[0].revents);
        heed(tracer);
        reap(tracer);
        if (ready > 0 && waits[1].revents) error = main_has_ended(tracer);
    }
    return error;
}

static int follow_notify(struct tracer *tracer)
{
    int error = await_execution(tracer);
    if (!error && tracer->started) error = serve(tracer);
    /* Who waits for the last answer gets it when this process has ended. */
    if (!tracer->over) guard_end(run.guard);
    return error;
}

const struct backend backend_notify = {"notify", true, start_notify, NULL, follow_notify};
