#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/wait.h>

#include "launch.h"
#include "probe.h"
#include "sandbox.h"

static void ignore_note(const char *kind, const char *detail, void *arg)
{
    (void) kind, (void) detail, (void) arg;
}

/* The whole of it: launched, seized, and at its exec, which the command's own name ends with "not found". */
static int try_sandbox(struct failure *failure)
{
    char command[] = "/.profgen-probe-no-such-command";
    char *argv[] = {command, NULL};
    const struct launch_options options = {.argv = argv, .sandbox = true};
    struct launched launched;
    struct failure why = {0};
    int error = launch_prepare(&options, &launched, failure, ignore_note, NULL), status;

    if (error)
        return error;
    if (ptrace(PTRACE_SEIZE, launched.main_pid, 0, PTRACE_O_EXITKILL) < 0)
        error = failure_of(failure, "sandbox", errno, "seizing the workload's process");
    else
        error = launch_go(&launched);
    while (!error && waitpid(launched.main_pid, &status, __WALL) == launched.main_pid && WIFSTOPPED(status))
        ptrace(PTRACE_CONT, launched.main_pid, 0, 0);
    if (!error && !(launch_failed(&launched, &why) == 1 && why.error == ENOENT))
        error = failure_of(failure, "sandbox", EPROTO, "the workload's process did not come to its execve");
    launch_end(&launched);
    return error;
}

static const char *remedy(int error, const char *message)
{
    if (strncmp(message, "/proc", 5) == 0)
        return "inside Docker: --security-opt systempaths=unconfined, or record with --engine host";
    if (error == -ENOSPC || error == -EUSERS)
        return "raise user.max_user_namespaces, or run as root";
    if (error == -EPERM || error == -EACCES)
        return "run as root outside a container, or allow user namespaces (inside Docker: --privileged), or record "
               "with --engine host";
    return "record with --engine host";
}

void probe_sandbox(void)
{
    struct finding finding = {.feature = "sandbox"};
    struct failure failure = {0};
    int error = try_sandbox(&failure);

    finding.works = error == 0;
    if (error) {
        finding_reason(&finding, "%s", failure.message);
        finding.remedy = remedy(error, failure.message);
    }
    probe_print(&finding);
}
