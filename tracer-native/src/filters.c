#include "filters.h"

#include <errno.h>
#include <limits.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "caps.h"
#include "memory.h"
#include "procfs.h"

#ifndef PTRACE_SECCOMP_GET_FILTER
#define PTRACE_SECCOMP_GET_FILTER 0x420c
#endif

enum { SECONDS_TO_STOP = 5, USAGE = 125 };

struct program {
    struct sock_filter *code;
    size_t length;
};

struct stack {
    struct program *programs; /* oldest first, as the kernel numbers them */
    size_t count;
};

static int answer(int exit_status, const char *problem, const char *remedy)
{
    printf("{\"problem\":\"%s\",\"remedy\":\"%s\"}\n", problem, remedy);
    return exit_status;
}

static int gone(void)
{
    return answer(FILTERS_NO_SUCH_TASK, "there is no such process", "");
}

/* What the kernel would answer with one errno for many reasons. 0, or an answer has been given. */
static int check_task(pid_t tid)
{
    char problem[96];
    pid_t tracer = procfs_tracer(tid);
    if (procfs_has_ended(tid))
        return answer(FILTERS_NO_SUCH_TASK, "has ended and waits for its parent to take notice: it has no filters any more", "");
    if (procfs_is_kernel_thread(tid)) return answer(FILTERS_NO_SUCH_TASK, "is a thread of the kernel: it makes no system calls", "");
    if (!tracer) return 0;
    snprintf(problem, sizeof problem, "is traced by process %d: it can have one tracer only", tracer);
    return answer(FILTERS_IMPOSSIBLE, problem, "end that debugger or tracer first");
}

/* The kernel shows filters only to who could have no use for their secrets. 0, or an answer has been given. */
static int check_own_rights(void)
{
    static struct status own;
    if (procfs_status(getpid(), &own) == 0 && own.seccomp)
        return answer(FILTERS_IMPOSSIBLE, "profgen runs under a seccomp filter itself, and the kernel shows filters to none that does",
                      "run profgen without one (in a container: --security-opt seccomp=unconfined), best on the host");
    if (!caps_has_effective(CAP_SYS_ADMIN) || procfs_in_user_namespace(getpid()))
        return answer(FILTERS_IMPOSSIBLE, "reading the filters of a process needs CAP_SYS_ADMIN in the initial user namespace",
                      "run profgen as root on the host");
    return 0;
}

static int refused(int error)
{
    char problem[160];
    switch (error) {
    case ESRCH: return gone();
    case EPERM:
    case EACCES:
        return answer(FILTERS_IMPOSSIBLE, "the kernel does not let profgen trace it",
                      "run profgen as root on the host, with CAP_SYS_PTRACE; see kernel.yama.ptrace_scope");
    case ETIMEDOUT:
        return answer(FILTERS_IMPOSSIBLE, "did not stop within 5 s: it waits in the kernel without being interruptible, or it is frozen", "try again");
    case EINVAL:
    case EIO:
        return answer(FILTERS_IMPOSSIBLE, "this kernel does not show filters", "a kernel with CONFIG_CHECKPOINT_RESTORE");
    case EMEDIUMTYPE: return answer(FILTERS_IMPOSSIBLE, "one of its filters is not a classic BPF program", "");
    default:
        snprintf(problem, sizeof problem, "its filters cannot be read: %s", strerror(error));
        return answer(FILTERS_IMPOSSIBLE, problem, "");
    }
}

/* Until the task has stopped, for any reason: 0 and its wait status, or a negative errno. SIGCHLD is blocked. */
static int await_stop(pid_t tid, int *wait_status)
{
    struct timespec left = {.tv_sec = SECONDS_TO_STOP};
    sigset_t child;
    sigemptyset(&child);
    sigaddset(&child, SIGCHLD);
    for (;;) {
        pid_t got = waitpid(tid, wait_status, __WALL | WNOHANG);
        if (got < 0) return -errno;
        if (got == tid) return WIFSTOPPED(*wait_status) ? 0 : -ESRCH;
        if (sigtimedwait(&child, NULL, &left) < 0 && errno == EAGAIN) return -ETIMEDOUT;
    }
}

/* The signal that the stop took away and that has to be given back; a stop of the whole process is kept by the kernel itself. */
static int pending_signal(int wait_status)
{
    return wait_status >> 16 ? 0 : WSTOPSIG(wait_status);
}

static int read_program(pid_t tid, size_t number, struct program *program)
{
    long length = ptrace(PTRACE_SECCOMP_GET_FILTER, tid, number, NULL);
    if (length < 0) return -errno;
    program->code = memory_new((size_t)length * sizeof *program->code);
    program->length = (size_t)length;
    return ptrace(PTRACE_SECCOMP_GET_FILTER, tid, number, program->code) < 0 ? -errno : 0;
}

static int read_stack(pid_t tid, struct stack *stack)
{
    for (;;) {
        stack->programs = memory_resize(stack->programs, (stack->count + 1) * sizeof *stack->programs);
        int error = read_program(tid, stack->count, &stack->programs[stack->count]);
        if (error == -ENOENT) return 0;
        if (error) return error;
        stack->count++;
    }
}

/* The task is stopped only between the two calls of ptrace, and goes on even if this process is killed there. */
static int read_stopped(pid_t tid, struct stack *stack)
{
    int wait_status;
    if (ptrace(PTRACE_SEIZE, tid, NULL, NULL) < 0) return -errno;
    if (ptrace(PTRACE_INTERRUPT, tid, NULL, NULL) < 0) return -errno;
    int error = await_stop(tid, &wait_status);
    if (error) return error;
    error = read_stack(tid, stack);
    ptrace(PTRACE_DETACH, tid, NULL, pending_signal(wait_status));
    return error;
}

static void print_program(const struct program *program)
{
    const unsigned char *bytes = (const unsigned char *)program->code;
    putchar('"');
    for (size_t i = 0; i < program->length * sizeof *program->code; i++) printf("%02x", bytes[i]);
    putchar('"');
}

static int print_stack(pid_t tid, unsigned mode, const struct stack *stack)
{
    printf("{\"tid\":%d,\"mode\":%u,\"filters\":[", tid, mode);
    for (size_t i = stack->count; i-- > 0;) {
        print_program(&stack->programs[i]);
        if (i) putchar(',');
    }
    puts("]}");
    return fflush(stdout) ? USAGE : 0;
}

static pid_t parse_tid(const char *text)
{
    char *end;
    errno = 0;
    long tid = strtol(text, &end, 10);
    return errno || *text < '0' || *text > '9' || *end || tid > INT_MAX ? 0 : (pid_t)tid;
}

int filters_main(const char *text)
{
    static struct status status;
    static struct stack stack; /* reachable to the end: nothing to free */
    sigset_t child;
    pid_t tid = parse_tid(text);
    if (tid <= 0) {
        fprintf(stderr, "profgen-tracer: filters %s: expected the id of a process or thread\n", text);
        return USAGE;
    }
    if (procfs_status(tid, &status) < 0) return gone();
    int problem = check_task(tid);
    if (problem) return problem;
    if (status.seccomp != SECCOMP_MODE_FILTER) return print_stack(tid, status.seccomp, &stack);
    problem = check_own_rights();
    if (problem) return problem;
    sigemptyset(&child);
    sigaddset(&child, SIGCHLD);
    sigprocmask(SIG_BLOCK, &child, NULL);
    int error = read_stopped(tid, &stack);
    return error ? refused(-error) : print_stack(tid, status.seccomp, &stack);
}
