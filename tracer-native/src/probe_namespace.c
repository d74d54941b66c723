#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include "idmap.h"
#include "probe.h"
#include "sandbox.h"

static int try_unshare(void *flags)
{
    return unshare(*(int *) flags) < 0 ? -errno : 0;
}

static int try_proc(void)
{
    if (mount("none", "/", NULL, MS_REC | MS_SLAVE, NULL) < 0)
        return -errno;
    return sandbox_mount_proc("/proc");
}

static int try_in_pid_namespace(void *flags)
{
    int status;
    pid_t child;

    if (unshare(*(int *) flags) < 0)
        return -errno;
    child = fork();
    if (child == 0)
        _exit(getpid() != 1 ? EPROTO : *(int *) flags & CLONE_NEWNS ? -try_proc() : 0);
    if (child < 0 || waitpid(child, &status, __WALL) < 0)
        return -errno;
    return WIFEXITED(status) ? -WEXITSTATUS(status) : -ECHILD;
}

/* The switches that are known to forbid it, each with its own remedy, before the error itself. */
static void probe_user_namespace(void)
{
    int flags = CLONE_NEWUSER, error = probe_in_child(try_unshare, &flags);
    struct finding finding = {.feature = "user-namespace", .works = error == 0, .remedy = ""};

    if (error && probe_number("/proc/sys/kernel/unprivileged_userns_clone", 1) == 0) {
        finding_reason(&finding, "kernel.unprivileged_userns_clone is 0");
        finding.remedy = "sysctl kernel.unprivileged_userns_clone=1, or run as root";
    } else if (error && probe_number("/proc/sys/user/max_user_namespaces", 1) == 0) {
        finding_reason(&finding, "user.max_user_namespaces is 0");
        finding.remedy = "sysctl user.max_user_namespaces=15000, or run as root";
    } else if (error) {
        probe_outcome("user-namespace", error, "inside a container: a seccomp profile that allows unshare; else run "
                                               "as root");
        return;
    }
    probe_print(&finding);
}

static void probe_ranges(void)
{
    struct finding finding = {.feature = "subid-ranges", .works = true, .remedy = ""};

    if (!sandbox_needs_user_namespace()) {
        finding_reason(&finding, "not needed: all ids are there without a user namespace");
    } else if (idmap_check_ranges(finding.reason, sizeof finding.reason) < 0) {
        finding.works = false;
        finding.remedy = "install uidmap, and: usermod --add-subuids 100000-165535 --add-subgids 100000-165535 USER";
    }
    probe_print(&finding);
}

void probe_namespaces(void)
{
    const int user = sandbox_needs_user_namespace() ? CLONE_NEWUSER : 0;
    int pid = user | CLONE_NEWPID, proc = pid | CLONE_NEWNS, net = user | CLONE_NEWNET;
    int pid_error = probe_in_child(try_in_pid_namespace, &pid);

    probe_user_namespace();
    probe_ranges();
    probe_outcome("pid-namespace", pid_error, "run as root outside a container");
    probe_outcome("mount-proc", probe_in_child(try_in_pid_namespace, &proc),
                  pid_error ? "first the pid namespace"
                            : "a container that masks parts of /proc forbids it: --security-opt "
                              "systempaths=unconfined, or record with --engine host");
    probe_outcome("net-namespace", probe_in_child(try_unshare, &net), "record with --network host");
}
