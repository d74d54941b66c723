/* Every way to make a process, and a child of a child. */
#include <linux/sched.h>
#include <sched.h>

#include "workload.h"

static char stack[65536] __attribute__((aligned(16)));

static int in_clone(void *unused) {
    (void)unused;
    mark();
    syscall(SYS_exit_group, 3);
    return 0;
}

static pid_t raw_clone3(void) {
    struct clone_args arguments = {.exit_signal = SIGCHLD};
    return (pid_t)syscall(SYS_clone3, &arguments, sizeof arguments);
}

static void child(void) {
    mark();
    pid_t grandchild = fork();
    if (grandchild == 0) {
        mark();
        _exit(0);
    }
    status_of(grandchild);
    _exit(4);
}

int main(void) {
    expect("getsid", 6, "{}");
    expect("clone3", 1, "{}");
#ifdef SYS_vfork
    expect("vfork", 1, "{}");
#endif
    expected();
    pid_t pid = fork();
    if (pid == 0) child();
    must(WEXITSTATUS(status_of(pid)) == 4, "fork");
    if ((pid = vfork()) == 0) {
        mark();
        _exit(5);
    }
    must(WEXITSTATUS(status_of(pid)) == 5, "vfork");
    pid = clone(in_clone, stack + sizeof stack, 0, NULL); /* no signal at its end: only __WALL waits for it */
    must(WEXITSTATUS(status_of(pid)) == 3, "clone");
    if ((pid = raw_clone3()) == 0) {
        mark();
        _exit(6);
    }
    must(WEXITSTATUS(status_of(pid)) == 6, "clone3");
    mark();
    return 0;
}
