/* The namespaces of a process that runs already, as nsenter(1) and an engine's `exec` enter them. */

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sandbox.h"

/* First the user namespace, whose owner may enter the others; last that of the mounts, which has another /proc. */
static const char *const names[] = {"user", "pid", "ipc", "uts", "cgroup", "net", "mnt"};
enum { NAMES = sizeof names / sizeof *names };

/* -1: it is this process's own already, or the kernel has no such kind. */
static int open_other(pid_t pid, const char *name, int *fd)
{
    char theirs[64], ours[64];
    struct stat there, here;

    *fd = -1;
    snprintf(theirs, sizeof theirs, "/proc/%d/ns/%s", pid, name);
    snprintf(ours, sizeof ours, "/proc/self/ns/%s", name);
    if (stat(ours, &here) < 0)
        return 0;
    if (stat(theirs, &there) < 0)
        return -errno;
    if (there.st_dev == here.st_dev && there.st_ino == here.st_ino)
        return 0;
    *fd = open(theirs, O_RDONLY | O_CLOEXEC);
    return *fd < 0 ? -errno : 0;
}

static int enter_all(const int *fds, struct failure *failure)
{
    for (int i = 0; i < NAMES; i++)
        if (fds[i] >= 0 && setns(fds[i], 0) < 0)
            return failure_of(failure, "sandbox", errno, "the container's %s namespace", names[i]);
    return 0;
}

static int join(pid_t pid, const char *rootfs, struct failure *failure)
{
    char here[PATH_MAX];
    int fds[NAMES], error = 0;

    if (rootfs || !getcwd(here, sizeof here))
        snprintf(here, sizeof here, "/");
    for (int i = 0; i < NAMES && !error; i++)
        error = open_other(pid, names[i], &fds[i]);
    if (error)
        return failure_of(failure, "sandbox", -error, "process %d, whose container is to be entered", pid);
    error = enter_all(fds, failure);
    /* Another mount namespace is entered at its root; the folder may not be there. */
    if (!error && chdir(here) < 0 && chdir("/") < 0)
        error = failure_of(failure, "sandbox", errno, "/");
    return error;
}

_Noreturn void join_first_process(const struct launch_options *options, int channel, int status_fd)
{
    struct failure failure = {0};

    if (join(options->join, options->rootfs, &failure) < 0) {
        message_failure(channel, &failure);
        _exit(125);
    }
    /* Only now: the change of the user namespace undoes it. */
    prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
    if (message_await_go_on(channel) < 0)
        _exit(125);
    /* In the pid namespace, which this process itself stays outside of. */
    sandbox_run_child(options, channel, status_fd);
}
