/* Does what a tracer might stumble over, each in a process of its own; all of it ends as without a tracer, if not with the same results. */
#include "workload.h"

#include <sched.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>

#ifndef CLONE_UNTRACED
#define CLONE_UNTRACED 0x00800000
#endif

enum { MARKS = 20, FORKS = 50 };

static void marks(void) {
    for (int i = 0; i < MARKS; i++) mark();
}

static void blocks_signals_and_closes_descriptors(void) {
    sigset_t all;
    sigfillset(&all);
    sigprocmask(SIG_BLOCK, &all, NULL);
    syscall(SYS_close_range, 0, ~0U, 0);
    marks();
}

static void wants_to_be_traced(void) {
    ptrace(PTRACE_TRACEME, 0, NULL, NULL);
    marks();
}

/* By no call: whether it would come to one in time is chance. */
_Noreturn static void awaits_its_death(void) {
    for (;;) continue;
}

static void traces_its_child(void) {
    pid_t child = fork();
    if (child == 0) awaits_its_death();
    ptrace(PTRACE_SEIZE, child, NULL, NULL);
    marks();
    kill(child, SIGKILL);
    status_of(child);
}

static void is_killed_by_its_child(void) {
    marks();
    if (fork() == 0) {
        kill(getppid(), SIGKILL);
        mark();
        _exit(0);
    }
    awaits_its_death();
}

static void wants_strict_mode(void) {
    marks();
    prctl(PR_SET_SECCOMP, 1, 0, 0, 0);
    syscall(SYS_exit, 0);
}

static void makes_children_out_of_sight(void) {
    /* struct clone_args: flags, and behind pidfd, child_tid and parent_tid the signal. */
    uint64_t arguments[8] = {CLONE_UNTRACED, 0, 0, 0, SIGCHLD};
    marks();
    long child = syscall(SYS_clone, CLONE_UNTRACED | SIGCHLD, 0L, 0L, 0L, 0L);
    if (child != 0) status_of((pid_t)child);
    if (child != 0 && (child = syscall(SYS_clone3, arguments, sizeof arguments)) != 0) status_of((pid_t)child);
    if (child == 0) {
        mark();
        _exit(0);
    }
}

static void forks_without_a_pause(void) {
    marks();
    for (int i = 0; i < FORKS; i++)
        if (fork() == 0) _exit(0);
    while (waitpid(-1, NULL, 0) > 0)
        ;
}

static int on_a_small_stack(void *unused) {
    (void)unused;
    marks();
    return 0;
}

/* Nothing is mapped below. */
static void has_no_guard_below_its_stack(void) {
    const size_t page = (size_t)sysconf(_SC_PAGESIZE);
    char *memory = mmap(NULL, 3 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    must(memory != MAP_FAILED, "mmap");
    munmap(memory, page);
    pid_t child = clone(on_a_small_stack, memory + 3 * page, CLONE_VM | SIGCHLD, NULL);
    must(status_of(child) == 0, "on a small stack");
}

int main(void) {
    static void (*const acts[])(void) = {
        blocks_signals_and_closes_descriptors, wants_to_be_traced, traces_its_child,      is_killed_by_its_child, wants_strict_mode,
        makes_children_out_of_sight,           forks_without_a_pause, has_no_guard_below_its_stack};
    expect("getsid", 8 * MARKS + 3, "{}");
    expected();
    for (size_t i = 0; i < sizeof acts / sizeof *acts; i++) {
        pid_t child = fork();
        if (child == 0) {
            acts[i]();
            _exit(0);
        }
        int status = status_of(child);
        must(acts[i] == is_killed_by_its_child ? WIFSIGNALED(status) : WIFEXITED(status), "its end");
    }
    return 0;
}
