#include "relay.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

#include "signals.h"

enum { STATUS_FAILED = 125, STATUS_NOT_EXECUTABLE = 126, STATUS_NOT_FOUND = 127 };

static void no_remark(const char *kind, const char *detail, void *nothing)
{
    (void)kind;
    (void)detail;
    (void)nothing;
}

static int complain(const char *message)
{
    fprintf(stderr, "profgen-tracer: relay: %s\n", message);
    return STATUS_FAILED;
}

static int await(struct launched *launched)
{
    struct failure why;
    int status = 0;
    while (waitpid(launched->main_pid, &status, 0) < 0)
        if (errno != EINTR) return complain(strerror(errno));
    if (launch_failed(launched, &why) == 1) {
        complain(why.message);
        return why.error == ENOENT ? STATUS_NOT_FOUND : STATUS_NOT_EXECUTABLE;
    }
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

int relay_run(const struct options *options)
{
    struct launched launched;
    struct failure why;
    struct launch_options launch = launch_inheriting_signals(&options->launch);
    launch.relayed = true;
    signals_hold(SIGNALS_OF_A_RELAY);
    if (launch_prepare(&launch, &launched, &why, no_remark, NULL) < 0) return complain(why.message);
    int error = signals_pass_on(launched.main_pid);
    if (!error) error = launch_go(&launched);
    int status = error ? complain(strerror(-error)) : await(&launched);
    launch_end(&launched);
    return status;
}
