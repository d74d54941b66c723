/*
 * The back end that is the system's strace: it follows the workload from the execve of COMMAND on, and writes its log
 * beside the journal, where profgen reads it afterwards. The journal has the workload's state, its end and the ledger.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include "guard.h"
#include "procfs.h"
#include "signals.h"
#include "trace_internal.h"
#include "tree.h"
#include "untraced.h"

/* Milliseconds: what is killed is looked for again until strace has seen its end. */
enum { KILL_AGAIN = 10 };

static struct {
    pid_t pid;
    int words;       /* what it says, until it has ended: -1 */
    char said[1024]; /* as long as it has not attached */
    size_t length;
    int ended;       /* see untraced_end() */
    pid_t guard;
} strace = {.words = -1, .ended = -1};

static int start_strace(struct tracer *tracer)
{
    if (tracer->filter) {
        tracer->problem = "what a filter refuses is told by the back end ptrace";
        return -EINVAL;
    }
    return untraced_seize(tracer);
}

/* In a session of its own: the terminal's signals are the workload's. */
_Noreturn static void become_strace(const struct tracer *tracer, int words)
{
    char pid[16], log[4096];
    sigset_t none;
    snprintf(pid, sizeof pid, "%d", tracer->launched->main_pid);
    snprintf(log, sizeof log, "%s.strace", tracer->journal_path);
    setsid();
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    dup2(words, STDERR_FILENO);
    setenv("LC_ALL", "C", 1);
    /* Numbers instead of names, for what this strace has no name for; -I 4: what ends it is the workload's end alone. */
    execlp("strace", "strace", "-I", "4", "-f", "-n", "-ttt", "-X", "raw", "-s", "256", "-o", log, "-p", pid, NULL);
    dprintf(STDERR_FILENO, "%s\n", strerror(errno));
    _exit(127);
}

static int spawn_strace(const struct tracer *tracer)
{
    int words[2];
    if (pipe2(words, O_CLOEXEC) < 0) return -errno;
    strace.pid = fork();
    int error = errno;
    if (strace.pid == 0) become_strace(tracer, words[1]);
    close(words[1]);
    strace.words = words[0];
    return strace.pid < 0 ? -error : 0;
}

/* Keeps the first words; 0: it goes on, -EAGAIN: interrupted, -EPIPE: it has ended. */
static int hear_strace(void)
{
    char later[512];
    size_t room = sizeof strace.said - 1 - strace.length;
    ssize_t got = read(strace.words, room ? strace.said + strace.length : later, room ? room : sizeof later);
    if (got < 0 && errno == EINTR) return -EAGAIN;
    if (got > 0) {
        if (room) strace.length += (size_t)got;
        return 0;
    }
    close(strace.words);
    strace.words = -1;
    while (waitpid(strace.pid, NULL, 0) < 0 && errno == EINTR)
        ;
    strace.pid = 0;
    return -EPIPE;
}

/* Of what it said, without its own name. */
static const char *last_line(void)
{
    char *text = strace.said, *line = text;
    text[strace.length] = 0;
    while (strace.length > 0 && text[strace.length - 1] == '\n') text[--strace.length] = 0;
    if (strrchr(text, '\n')) line = strrchr(text, '\n') + 1;
    return strncmp(line, "strace: ", 8) ? line : line + 8;
}

static void cannot_attach(const struct tracer *tracer)
{
    char message[sizeof strace.said + 16];
    snprintf(message, sizeof message, "strace: %s", last_line());
    journal_begin(tracer->journal, "error");
    journal_text(tracer->journal, "stage", "seize");
    journal_signed(tracer->journal, "errno", EPERM);
    journal_text(tracer->journal, "message", message);
    journal_end(tracer->journal);
    kill(tracer->launched->main_pid, SIGKILL);
}

static bool has_attached(void)
{
    strace.said[strace.length] = 0;
    return strstr(strace.said, " attached\n") != NULL;
}

/* Once strace has ended it has no tracees, and whoever is traced by nobody must not be taken for one. */
static bool is_tracee(pid_t pid)
{
    return strace.pid > 0 && procfs_tracer(pid) == strace.pid;
}

static void look_at_task(pid_t pid, void *context)
{
    struct tracer *tracer = context;
    if (!is_tracee(pid) || tasks_find(&tracer->tasks, pid)) return;
    struct task *task = tasks_add(&tracer->tasks, pid, pid);
    if (trace_new_image(tracer, task) < 0) tasks_remove(&tracer->tasks, task);
}

/* For those that name or kill them. */
static void look_at_tasks(struct tracer *tracer)
{
    untraced_forget_tasks(tracer);
    tree_each_number("/proc", look_at_task, tracer);
}

static void kill_tracee(pid_t pid, void *nothing)
{
    (void)nothing;
    if (is_tracee(pid)) kill(pid, SIGKILL);
}

/* For the guard: with the last of its tracees strace ends. */
static bool kill_tracees(const void *nothing)
{
    (void)nothing;
    tree_each_number("/proc", kill_tracee, NULL);
    return kill(strace.pid, 0) == 0;
}

static void heed(struct tracer *tracer)
{
    if (signals_passed_on(SIGTERM)) trace_begin_shutdown(tracer, SIGTERM);
    if (!signals_ticked()) return;
    if (tracer->main_ended) look_at_tasks(tracer);
    trace_heed(tracer);
    trace_write_progress(tracer);
}

/* At the stop of its first execve. It stands still until strace has it: a stop by a signal outlasts our letting go of it. */
static int begin(struct tracer *tracer)
{
    pid_t pid = tracer->launched->main_pid;
    struct task *task = tasks_find(&tracer->tasks, pid);
    strace.ended = untraced_end(tracer);
    if (strace.ended < 0) return strace.ended;
    trace_write_workload(tracer, task);
    if (trace_new_image(tracer, task) < 0) return 0; /* killed: its end will be told */
    trace_check_set_user_id(tracer, task);
    untraced_forget_tasks(tracer);
    if (kill(pid, SIGSTOP) < 0 || ptrace(PTRACE_DETACH, pid, NULL, NULL) < 0) return errno == ESRCH ? 0 : -errno;
    int error = spawn_strace(tracer);
    if (error < 0) return error;
    strace.guard = guard_start(kill_tracees, NULL);
    if (strace.guard < 0) return strace.guard;
    while (!has_attached() && strace.words >= 0)
        if (hear_strace() == -EAGAIN) heed(tracer);
    if (strace.words < 0) cannot_attach(tracer);
    return kill(pid, SIGCONT) < 0 && errno != ESRCH ? -errno : 0;
}

static int main_has_ended(struct tracer *tracer)
{
    int status, error = untraced_status(tracer, strace.ended, &status);
    if (error == -EAGAIN) return 0;
    if (error < 0) return error;
    if (!tracer->pid1) look_at_tasks(tracer);
    trace_main_ended(tracer, status);
    return 0;
}

/* Whether anything is left that can be waited for: with the last of its tracees strace ends. */
static bool goes_on(struct tracer *tracer)
{
    if (!tracer->main_ended) return true;
    if (strace.words < 0) return false;
    if (tracer->killing) {
        look_at_tasks(tracer);
        trace_kill_rest(tracer);
    }
    return true;
}

static int follow_strace(struct tracer *tracer)
{
    int error = untraced_await_execution(tracer, begin, heed);
    while (!error && tracer->started && goes_on(tracer)) {
        struct pollfd waits[] = {{.fd = strace.words, .events = POLLIN},
                                 {.fd = tracer->main_ended ? -1 : strace.ended, .events = POLLIN}};
        int ready = poll(waits, 2, tracer->killing ? KILL_AGAIN : -1);
        if (ready < 0 && errno != EINTR) error = -errno;
        heed(tracer);
        if (ready > 0 && waits[0].revents) hear_strace();
        if (ready > 0 && waits[1].revents) error = main_has_ended(tracer);
    }
    guard_end(strace.guard);
    return error;
}

const struct backend backend_strace = {"strace", true, start_strace, NULL, follow_strace};
