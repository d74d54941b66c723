/* The last steps in the process that becomes the workload. */

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "caps.h"
#include "sandbox.h"

/* In a user namespace without mapped ranges the kernel refuses setgroups() for good. */
static bool setgroups_is_denied(void)
{
    char word[8] = "";
    int fd = open("/proc/self/setgroups", O_RDONLY | O_CLOEXEC);

    if (fd < 0)
        return false;
    if (read(fd, word, sizeof word - 1) < 0)
        word[0] = 0;
    close(fd);
    return strncmp(word, "deny", 4) == 0;
}

static int set_groups(const struct launch_options *options, int channel, struct failure *failure)
{
    int error;

    if (setgroups(options->ngroups, options->groups) == 0)
        return 0;
    error = errno;
    if (error != EPERM || !setgroups_is_denied())
        return failure_of(failure, "sandbox", error, "supplementary groups");
    if (options->ngroups == 0)
        return 0; /* the missing ranges have their own note */
    return message_note(channel, "no-subid-range", "the supplementary groups asked for could not be set");
}

static int set_user(const struct launch_options *options, int channel, struct failure *failure)
{
    int error;

    if (!options->has_user)
        return 0;
    error = set_groups(options, channel, failure);
    if (error)
        return error;
    if (setresgid(options->gid, options->gid, options->gid) < 0)
        return failure_of(failure, "sandbox", errno, "group id %u", options->gid);
    if (setresuid(options->uid, options->uid, options->uid) < 0)
        return failure_of(failure, "sandbox", errno, "user id %u", options->uid);
    return 0;
}

static int note_unavailable(uint64_t unavailable, int channel)
{
    int error = 0;

    for (int number = 0; number < 64 && !error; number++)
        if (unavailable >> number & 1) {
            char name[32];

            caps_name(number, name, sizeof name);
            error = message_note(channel, "capability-unavailable",
                                 "%s was asked for, but profgen itself does not have it here", name);
        }
    return error;
}

/*
 * As an engine sets them for a container's first process: for uid 0 all that is in the bounding set, for others none;
 * inheritable and ambient empty. The bounding set comes first, while CAP_SETPCAP is still there, then the ids.
 */
static int set_credentials(const struct launch_options *options, int channel, struct failure *failure)
{
    uint64_t bounding = options->has_bounding ? options->bounding : caps_bounding();
    struct caps caps;
    int error = note_unavailable(bounding & ~caps_bounding(), channel);

    if (error)
        return failure_of(failure, "sandbox", -error, "note");
    error = caps_bound(bounding);
    if (error)
        return failure_of(failure, "sandbox", -error, "capability bounding set");
    error = set_user(options, channel, failure);
    if (error)
        return error;
    error = caps_get(&caps);
    if (error)
        return failure_of(failure, "sandbox", -error, "capability sets");
    caps.permitted = geteuid() == 0 ? caps.permitted & bounding : 0;
    caps.effective = caps.permitted;
    caps.inheritable = 0;
    error = caps_set(&caps);
    if (!error)
        error = caps_clear_ambient();
    return error ? failure_of(failure, "sandbox", -error, "capability sets") : 0;
}

static int change_environment(char *const *changes, struct failure *failure)
{
    for (char *const *change = changes; change && *change; change++) {
        const char *equals = strchr(*change, '=');
        int result;

        if (equals) {
            char *name = strndup(*change, (size_t)(equals - *change));

            result = name ? setenv(name, equals + 1, 1) : -1;
            free(name);
        } else {
            result = unsetenv(*change);
        }
        if (result < 0)
            return failure_of(failure, "sandbox", errno, "environment variable %s", *change);
    }
    return 0;
}

static int prepare(const struct launch_options *options, int channel, struct failure *failure)
{
    int error = options->sandbox ? set_credentials(options, channel, failure) : set_user(options, channel, failure);

    if (error)
        return error;
    if (options->no_new_privileges && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
        return failure_of(failure, "sandbox", errno, "no_new_privs");
    if (options->workdir && chdir(options->workdir) < 0)
        return failure_of(failure, "sandbox", errno, "working directory %s", options->workdir);
    /* The change of ids has undone both. Without the first the tracer, if not root, could not seize this process. */
    if (prctl(PR_SET_DUMPABLE, 1, 0, 0, 0) < 0 || prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) < 0)
        return failure_of(failure, "sandbox", errno, "prctl");
    return change_environment(options->env_changes, failure);
}

/* By the system call itself: libc hides signals 32 and 33, which a JVM leaves ignored in its children. */
static int set_disposition(int signal_number, bool ignored)
{
    /* The kernel's sigaction begins with the handler on every architecture here; the rest is flags and mask: none. */
    unsigned long action[8] = {ignored ? (unsigned long)SIG_IGN : (unsigned long)SIG_DFL};

    return syscall(SYS_rt_sigaction, signal_number, action, NULL, sizeof(uint64_t)) < 0 ? -errno : 0;
}

static int restore_signals(const struct launch_options *options)
{
    for (int number = 1; number <= 64; number++) {
        bool ignored = options->has_sigignore && (options->sigignore >> (number - 1) & 1);
        bool changes = options->has_sigignore || number == 32 || number == 33;

        if (changes && number != SIGKILL && number != SIGSTOP) {
            int error = set_disposition(number, ignored);

            if (error)
                return error;
        }
    }
    if (syscall(SYS_rt_sigprocmask, SIG_SETMASK, &options->sigmask, NULL, sizeof options->sigmask) < 0)
        return -errno;
    return 0;
}

static int restore_nofile(rlim_t soft)
{
    struct rlimit limit;

    if (getrlimit(RLIMIT_NOFILE, &limit) < 0)
        return -errno;
    limit.rlim_cur = soft < limit.rlim_max ? soft : limit.rlim_max;
    return setrlimit(RLIMIT_NOFILE, &limit) < 0 ? -errno : 0;
}

static int restore(const struct launch_options *options, struct failure *failure)
{
    int error = options->has_nofile ? restore_nofile(options->nofile_soft) : 0;

    if (error)
        return failure_of(failure, "sandbox", -error, "limit of open files");
    if (!options->relayed && !options->untraced)
        prctl(PR_SET_PDEATHSIG, 0, 0, 0, 0); /* PTRACE_O_EXITKILL takes its place */
    error = restore_signals(options);
    return error ? failure_of(failure, "sandbox", -error, "signal mask and dispositions") : 0;
}

_Noreturn void workload_run(const struct launch_options *options, int channel)
{
    struct failure failure = {0};
    int error = loader_start(options, channel, &failure);

    if (!error)
        error = prepare(options, channel, &failure);
    if (!error && (message_ready(channel) < 0 || message_await_go_on(channel) < 0))
        _exit(125);
    if (!error)
        error = restore(options, &failure);
    if (!error)
        error = loader_load(&failure);
    if (!error)
        error = command_execute(options->argv, !options->entry, &failure);
    message_failure(channel, &failure);
    _exit(error == -ENOENT ? 127 : 126);
}
