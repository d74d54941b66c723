#include "sandbox.h"

#include <errno.h>
#include <linux/capability.h>
#include <net/if.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "caps.h"

#ifndef CLONE_NEWCGROUP
#define CLONE_NEWCGROUP 0x02000000
#endif

bool sandbox_needs_user_namespace(void)
{
    return geteuid() != 0 || !caps_has_effective(CAP_SYS_ADMIN);
}

/*
 * One clone for all namespaces: the kernel makes the user namespace first and gives the others to it, and the tracer
 * stays the direct parent. Not unshare() and fork(): the tracer's later children would all land in the namespace.
 */
pid_t sandbox_clone(const struct launch_options *options)
{
    unsigned long flags = CLONE_NEWPID | CLONE_NEWNS | CLONE_NEWIPC | CLONE_NEWUTS | CLONE_NEWCGROUP | SIGCHLD;

    if (options->network_none)
        flags |= CLONE_NEWNET;
    if (sandbox_needs_user_namespace())
        flags |= CLONE_NEWUSER;
    return (pid_t)syscall(SYS_clone, flags, 0UL, 0UL, 0UL, 0UL);
}

static int bring_loopback_up(struct failure *failure)
{
    struct ifreq request = {.ifr_name = "lo"};
    int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    int error = fd < 0 ? errno : 0;

    if (!error && ioctl(fd, SIOCGIFFLAGS, &request) < 0)
        error = errno;
    request.ifr_flags |= IFF_UP;
    if (!error && ioctl(fd, SIOCSIFFLAGS, &request) < 0)
        error = errno;
    if (fd >= 0)
        close(fd);
    return error ? failure_of(failure, "sandbox", error, "loopback interface of the network namespace") : 0;
}

static int set_up(const struct launch_options *options, int channel, struct failure *failure)
{
    int error;

    if (options->hostname && sethostname(options->hostname, strlen(options->hostname)) < 0)
        return failure_of(failure, "sandbox", errno, "host name %s", options->hostname);
    error = options->network_none ? bring_loopback_up(failure) : 0;
    return error ? error : sandbox_mounts(options, channel, failure);
}

static bool tracer_has_gone(int channel)
{
    struct pollfd poll_channel = {.fd = channel, .events = POLLIN};

    return poll(&poll_channel, 1, 0) > 0 && (poll_channel.revents & (POLLHUP | POLLERR));
}

_Noreturn void sandbox_run_child(const struct launch_options *options, int channel, int status_fd)
{
    struct failure failure = {0};
    pid_t workload = options->pid1 ? 0 : fork();

    if (workload == 0)
        workload_run(options, channel);
    if (workload < 0) {
        failure_of(&failure, "sandbox", errno, "fork");
        message_failure(channel, &failure);
        _exit(125);
    }
    init_run(workload, status_fd);
}

/*
 * Session and process group stay the caller's, so the terminal's signals reach the workload. Their leaders have no
 * pid in here: getsid() and getpgrp() answer 0, and so does tcgetpgrp() until a shell in here makes its own group.
 */
_Noreturn void sandbox_first_process(const struct launch_options *options, int channel, int status_fd)
{
    struct failure failure = {0};

    prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
    if (tracer_has_gone(channel)) /* before the line above: getppid() is 0 in here either way */
        _exit(125);
    if (message_await_go_on(channel) < 0) /* the id maps are the tracer's to write */
        _exit(125);
    if (set_up(options, channel, &failure) < 0) {
        message_failure(channel, &failure);
        _exit(125);
    }
    sandbox_run_child(options, channel, status_fd);
}
