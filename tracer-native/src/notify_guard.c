/* What the listener is asked and how it answers; and what is done when the tracer, who did so, is no more. */
#include <errno.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>

#include "notify.h"

const struct seccomp_notif *notify_take(int listener)
{
    /* Later kernels may have longer ones. */
    static union {
        struct seccomp_notif request;
        unsigned char room[512];
    } asked;
    memset(&asked, 0, sizeof asked);
    return ioctl(listener, SECCOMP_IOCTL_NOTIF_RECV, &asked) < 0 ? NULL : &asked.request;
}

void notify_let_go(int listener, uint64_t id)
{
    union {
        struct seccomp_notif_resp response;
        unsigned char room[512];
    } answer;
    memset(&answer, 0, sizeof answer);
    answer.response.id = id;
    answer.response.flags = SECCOMP_USER_NOTIF_FLAG_CONTINUE;
    ioctl(listener, SECCOMP_IOCTL_NOTIF_SEND, &answer);
}

static void kill_known(const struct notify_shared *shared)
{
    for (pid_t pid = 1; pid < NOTIFY_PIDS; pid++)
        if (!shared->alive[pid / 64])
            pid |= 63;
        else if (shared->alive[pid / 64] >> (pid % 64) & 1)
            kill(pid, SIGKILL);
}

/* Whether anybody is left under the filter. */
static bool kill_asking(int listener)
{
    struct pollfd wait = {.fd = listener, .events = POLLIN};
    while (poll(&wait, 1, 0) > 0 && wait.revents & POLLIN) {
        const struct seccomp_notif *asked = notify_take(listener);
        pid_t group = asked ? notify_group((pid_t)asked->pid) : -ESRCH;
        if (group > 0) kill(group, SIGKILL);
    }
    return !(wait.revents & POLLHUP);
}

static void serve_on(const struct notify_shared *shared)
{
    struct pollfd wait = {.fd = shared->listener, .events = POLLIN};
    if (shared->has_asked) notify_let_go(shared->listener, shared->asked);
    while (poll(&wait, 1, -1) >= 0 && !(wait.revents & POLLHUP)) {
        const struct seccomp_notif *asked = notify_take(shared->listener);
        if (asked) notify_let_go(shared->listener, asked->id);
    }
}

/*
 * The listener is open here too: whoever is not killed yet waits for an answer that does not come, instead of going on with
 * calls that fail. The numbers are used once, at once: later they may be others'.
 */
bool notify_kill_all(const void *context)
{
    static bool killed;
    const struct notify_shared *shared = context;
    if (shared->serves_on) {
        serve_on(shared);
        return false;
    }
    if (!killed) kill_known(shared);
    killed = true;
    return kill_asking(shared->listener);
}
