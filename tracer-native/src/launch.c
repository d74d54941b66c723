#include "launch.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "idmap.h"
#include "procfs.h"
#include "sandbox.h"

struct listener {
    launch_note *note;
    void *arg;
};

static const char *option_that_needs_a_sandbox(const struct launch_options *options)
{
    return options->pid1 && !options->entry ? "--pid1"
           : options->read_only             ? "--read-only"
           : options->network_none          ? "--network none"
           : options->has_bounding          ? "--cap-bounding"
           : options->rootfs                ? "--rootfs"
           : options->hostname              ? "--hostname"
           : options->join                  ? "--join"
                                            : NULL;
}

static int open_channel(int ends[2])
{
    const int on = 1;

    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) < 0)
        return -errno;
    if (setsockopt(ends[0], SOL_SOCKET, SO_PASSCRED, &on, sizeof on) == 0)
        return 0;
    close(ends[0]);
    close(ends[1]);
    return -errno;
}

_Noreturn static void host_process(const struct launch_options *options, int channel)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0); /* and if the tracer went before: the wait for its word ends */
    workload_run(options, channel);
}

/*
 * The other way round: this process stays what it is, PID 1, and becomes the workload; its new child goes on as the
 * tracer. Without an exit signal that child is none to any wait() but one with __WALL or __WCLONE.
 */
static pid_t start_above(const struct launch_options *options, const int ends[2])
{
    pid_t tracer = (pid_t)syscall(SYS_clone, 0UL, 0UL, 0UL, 0UL, 0UL);

    if (tracer < 0)
        return -1;
    if (tracer == 0)
        return getppid();
    close(ends[0]);
    prctl(PR_SET_PTRACER, tracer, 0, 0, 0); /* refused where Yama is not active, and then not needed */
    workload_run(options, ends[1]);
}

static pid_t start(const struct launch_options *options, const int ends[2], int status_fd)
{
    pid_t pid;

    if (options->entry && options->pid1)
        return start_above(options, ends);
    pid = options->sandbox && !options->join ? sandbox_clone(options) : fork();

    if (pid != 0)
        return pid;
    close(ends[0]); /* else the tracer's end would not close with the tracer */
    if (options->relayed || options->apart)
        setsid(); /* still the terminal can be read: there is no job control over another session's */
    if (options->join)
        join_first_process(options, ends[1], status_fd);
    if (options->sandbox)
        sandbox_first_process(options, ends[1], status_fd);
    host_process(options, ends[1]);
}

static int start_failure(const struct launch_options *options, int error, struct failure *failure)
{
    if (!options->sandbox)
        return failure_of(failure, "sandbox", error, "fork");
    if (!sandbox_needs_user_namespace())
        return failure_of(failure, "sandbox", error, "new namespaces");
    return failure_of(failure, "sandbox", error, "a user namespace and others for it cannot be created");
}

static int fill_failure(const struct message *message, struct failure *failure)
{
    failure->stage = strcmp(message->label, "exec") == 0 ? "exec" : "sandbox";
    failure->error = message->error;
    snprintf(failure->message, sizeof failure->message, "%s", message->text);
    return message->error ? -message->error : -EPROTO;
}

static int await_ready(int channel, pid_t *main_pid, const struct listener *listener, struct failure *failure)
{
    for (;;) {
        struct message message;
        int got = message_receive(channel, true, &message, main_pid);

        if (got <= 0)
            return failure_of(failure, "sandbox", got < 0 ? -got : EPIPE, "the workload's process ended at once");
        if (message.kind == MESSAGE_FAILURE)
            return fill_failure(&message, failure);
        if (message.kind == MESSAGE_READY)
            return *main_pid > 0 ? 0 : failure_of(failure, "sandbox", EPROTO, "pid of the workload's process");
        listener->note(message.label, message.text, listener->arg);
    }
}

static int go_through_set_up(const struct launch_options *options, pid_t first, int channel, pid_t *main_pid,
                             const struct listener *listener, struct failure *failure)
{
    int error = 0;

    if (options->sandbox && !options->join && sandbox_needs_user_namespace())
        error = idmap_write(first, options->has_user ? options->uid : geteuid(),
                            options->has_user ? options->gid : getegid(), listener->note, listener->arg, failure);
    if (error)
        return error;
    if (options->sandbox)
        message_go_on(channel); /* should it have ended, then so has the channel */
    return await_ready(channel, main_pid, listener, failure);
}

/* A shell inside that ends does not put the terminal back: the group it came from has no number inside. */
static void remember_terminal(struct launched *launched)
{
    launched->tty_fd = -1;
    launched->tty_group = getpgrp();
    for (int fd = 0; fd <= 2 && launched->tty_fd < 0; fd++)
        if (tcgetpgrp(fd) == launched->tty_group)
            launched->tty_fd = fcntl(fd, F_DUPFD_CLOEXEC, 3);
}

/* Only from a group that has no process any more: another one there is the doing of the caller's own shell. */
static void put_terminal_back(struct launched *launched)
{
    pid_t group = launched->tty_fd < 0 ? -1 : tcgetpgrp(launched->tty_fd);
    sigset_t ttou, before;

    if (group > 1 && group != launched->tty_group && kill(-group, 0) < 0 && errno == ESRCH) {
        sigemptyset(&ttou);
        sigaddset(&ttou, SIGTTOU);
        sigprocmask(SIG_BLOCK, &ttou, &before);
        tcsetpgrp(launched->tty_fd, launched->tty_group);
        sigprocmask(SIG_SETMASK, &before, NULL);
    }
    if (launched->tty_fd >= 0)
        close(launched->tty_fd);
    launched->tty_fd = -1;
}

static void end_process(pid_t pid)
{
    kill(pid, SIGKILL);
    while (waitpid(pid, NULL, __WALL) < 0 && errno == EINTR)
        ;
}

int launch_prepare(const struct launch_options *options, struct launched *launched, struct failure *failure,
                   launch_note *note, void *arg)
{
    const struct listener listener = {note, arg};
    const char *refused = options->sandbox ? NULL : option_that_needs_a_sandbox(options);
    pid_t first, main_pid = 0;
    int ends[2], status[2], error;

    if (refused)
        return failure_of(failure, "sandbox", EINVAL, "option %s without --sandbox", refused);
    error = open_channel(ends);
    if (error)
        return failure_of(failure, "sandbox", -error, "socketpair");
    if (pipe2(status, O_CLOEXEC) < 0) {
        error = failure_of(failure, "sandbox", errno, "pipe");
        close(ends[0]);
        close(ends[1]);
        return error;
    }
    first = start(options, ends, status[1]);
    error = first < 0 ? start_failure(options, errno, failure) : 0;
    close(ends[1]);
    close(status[1]);
    if (!error) {
        error = go_through_set_up(options, first, ends[0], &main_pid, &listener, failure);
        if (error)
            end_process(first);
    }
    if (error) {
        close(ends[0]);
        close(status[0]);
        return error;
    }
    *launched = (struct launched){.main_pid = main_pid,
                                  .init_pid = first == main_pid ? 0 : first,
                                  .go_fd = fcntl(ends[0], F_DUPFD_CLOEXEC, 3),
                                  .report_fd = ends[0],
                                  .status_fd = status[0]};
    remember_terminal(launched);
    return 0;
}

struct launch_options launch_inheriting_signals(const struct launch_options *options)
{
    struct launch_options launch = *options;
    static struct status self;

    if (!launch.has_sigignore && procfs_status(getpid(), &self) == 0) {
        /* 32 and 33 are libc's own, and a JVM leaves them ignored. */
        launch.sigignore = self.ignored_signals & ~(UINT64_C(3) << 31);
        launch.has_sigignore = true;
    }
    return launch;
}

static void close_once(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

int launch_go(struct launched *launched)
{
    int error = message_go_on(launched->go_fd);

    close_once(&launched->go_fd);
    return error;
}

int launch_failed(struct launched *launched, struct failure *why)
{
    struct message message;
    pid_t sender;
    int got;

    do
        got = message_receive(launched->report_fd, false, &message, &sender);
    while (got > 0 && message.kind != MESSAGE_FAILURE);
    if (got > 0)
        fill_failure(&message, why);
    return got == -EAGAIN ? 0 : got;
}

/*
 * Init's end waits for every process of the namespace, and a traced one is over only when its tracer has reaped it:
 * so all tracees are reaped here, those that stop on the way (at their exit) let go.
 */
static void reap_with_tracees(pid_t init)
{
    for (;;) {
        int status;
        pid_t pid = waitpid(-1, &status, __WALL);

        if (pid == init || (pid < 0 && errno != EINTR))
            return;
        if (pid > 0 && WIFSTOPPED(status))
            ptrace(PTRACE_CONT, pid, NULL, NULL);
    }
}

void launch_end(struct launched *launched)
{
    close_once(&launched->go_fd);
    close_once(&launched->report_fd);
    close_once(&launched->status_fd);
    if (launched->init_pid > 0) {
        kill(launched->init_pid, SIGKILL);
        reap_with_tracees(launched->init_pid);
        launched->init_pid = 0;
    }
    put_terminal_back(launched);
}
