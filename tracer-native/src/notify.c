#include "notify.h"

#include <errno.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "arguments.h"
#include "load.h"
#include "telling.h"
#include "trace_internal.h"

#ifndef SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV
#define SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV (1UL << 5)
#endif
#ifndef SECCOMP_USER_NOTIF_FD_SYNC_WAKE_UP
#define SECCOMP_USER_NOTIF_FD_SYNC_WAKE_UP (1UL << 0)
#define SECCOMP_IOCTL_NOTIF_SET_FLAGS _IOW('!', 4, uint64_t)
#endif

enum { TICK_MS = 100 };

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

/* SIGCHLD comes while it waits for calls, and at no other time. */
static int start_notify(struct tracer *tracer)
{
    if (!signals_can_wait()) {
        tracer->problem = "it needs Linux 5.19 or later, where signals wait for the recorder's answer; --tracer ptrace and late do not";
        return -EOPNOTSUPP;
    }
    struct sigaction action = {.sa_handler = child_has_changed};
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGCHLD);
    if (sigprocmask(SIG_BLOCK, &set, NULL) < 0 || sigaction(SIGCHLD, &action, NULL) < 0) return -errno;
    tracer->notify = (struct notify){.on = true, .listener = -1};
    tracer->calls.without_results = true;
    return trace_seize(tracer);
}

const struct backend backend_notify = {"notify", false, start_notify, NULL, trace_run};

static int take_listener(const struct task *task, int there)
{
    int process = (int)syscall(SYS_pidfd_open, task->tgid, 0);
    if (process < 0) return -errno;
    int fd = (int)syscall(SYS_pidfd_getfd, process, there, 0), error = fd < 0 ? -errno : 0;
    close(process);
    return error ? error : fd;
}

/* Where the kernel knows it: the tracer runs where the call was made, and is not woken elsewhere. */
static void listen_here(struct tracer *tracer, int fd)
{
    tracer->notify.listener = fd;
    ioctl(fd, SECCOMP_IOCTL_NOTIF_SET_FLAGS, SECCOMP_USER_NOTIF_FD_SYNC_WAKE_UP);
}

static void cannot_load(struct tracer *tracer, const struct task *task, int64_t result)
{
    char detail[200];
    snprintf(detail, sizeof detail, "the filter that notifies: %s; --tracer ptrace and late need none of it", strerror((int)-result));
    journal_begin(tracer->journal, "error");
    journal_text(tracer->journal, "stage", "seize");
    journal_signed(tracer->journal, "errno", -result);
    journal_text(tracer->journal, "message", detail);
    journal_end(tracer->journal);
    kill(task->tgid, SIGKILL);
}

int notify_load(struct tracer *tracer, struct task *task, int *status)
{
    struct sock_fprog program = telling_filter();
    struct loading loading = {.task = task,
                              .program = &program,
                              .flags = SECCOMP_FILTER_FLAG_NEW_LISTENER | SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV};
    int error = load_filter(&loading);
    if (error == -ESRCH) *status = loading.injection.status;
    if (error) return error == -ESRCH ? error : 0;
    int fd = loading.result < 0 ? (int)loading.result : take_listener(task, (int)loading.result);
    tracer->notify.loaded = true;
    if (fd < 0)
        cannot_load(tracer, task, fd);
    else
        listen_here(tracer, fd);
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

void notify_entered(struct tracer *tracer, struct task *task)
{
    if (task->call && task->call->nr == tracer->ready_call && task->call->abi == ARCH_ABI) trace_begin_serving(tracer, task->image->exe);
    task->call = NULL;
}

/* Of a process that ptrace does not follow, since its CLONE_UNTRACED could not be taken away, all is known that a call shows. */
static void enter_notified(struct tracer *tracer, const struct seccomp_notif *asked)
{
    struct __ptrace_syscall_info info = {.arch = asked->data.arch, .instruction_pointer = asked->data.instruction_pointer};
    struct task *task = tasks_find(&tracer->tasks, (pid_t)asked->pid);
    bool followed = task != NULL;
    uint64_t processes = tracer->tasks.processes, threads = tracer->tasks.threads;
    info.entry.nr = (uint32_t)asked->data.nr;
    memcpy(info.entry.args, asked->data.args, sizeof asked->data.args);
    if (!followed) task = trace_adopt(tracer, (pid_t)asked->pid);
    trace_enter(tracer, task, &info);
    note_filter(tracer, task, &asked->data);
    notify_entered(tracer, task);
    if (followed) return;
    tasks_remove(&tracer->tasks, task);
    tracer->tasks.processes = processes;
    tracer->tasks.threads = threads;
}

static void answer_one(struct tracer *tracer)
{
    /* Later kernels may have longer ones. */
    union {
        struct seccomp_notif request;
        unsigned char room[512];
    } asked;
    union {
        struct seccomp_notif_resp response;
        unsigned char room[512];
    } answer;
    memset(&asked, 0, sizeof asked);
    memset(&answer, 0, sizeof answer);
    if (ioctl(tracer->notify.listener, SECCOMP_IOCTL_NOTIF_RECV, &asked) < 0) return; /* it was killed meanwhile */
    if (tracer->started && !tracer->killing) enter_notified(tracer, &asked.request);
    answer.response.id = asked.request.id;
    answer.response.flags = SECCOMP_USER_NOTIF_FLAG_CONTINUE;
    ioctl(tracer->notify.listener, SECCOMP_IOCTL_NOTIF_SEND, &answer);
}

void notify_serve(struct tracer *tracer)
{
    struct pollfd listener = {.fd = tracer->notify.listener, .events = POLLIN};
    struct timespec limit = {.tv_nsec = TICK_MS * 1000000};
    sigset_t mask;
    sigprocmask(SIG_BLOCK, NULL, &mask);
    sigdelset(&mask, SIGCHLD);
    if (ppoll(&listener, 1, &limit, &mask) <= 0) return;
    if (listener.revents & POLLIN) {
        answer_one(tracer);
    } else if (listener.revents & POLLHUP) { /* POLLERR alone: a signal came while the kernel waited for its own lock */
        close(tracer->notify.listener);
        tracer->notify.listener = -1; /* nobody is left that it could ask about */
    }
}
