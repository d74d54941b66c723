/* A thread that does not lead executes this program again while the leader waits in a call: it becomes the leader. */
#include <pthread.h>

#include "workload.h"

static char **arguments;

static void *executes(void *unused) {
    mark();
    char *again[] = {arguments[0], "again", NULL};
    execv("/proc/self/exe", again);
    return unused;
}

static void *waits(void *unused) {
    for (;;) pause();
    return unused;
}

int main(int argc, char **argv) {
    if (argc > 1) {
        mark();
        must(getpid() == syscall(SYS_gettid), "the thread that executed leads");
        return 8;
    }
    pthread_t thread;
    arguments = argv;
    expect("getsid", 2, "{}");
    expect("execve", 2, "{}");
    expected();
    for (int i = 0; i < 3; i++) pthread_create(&thread, NULL, waits, NULL);
    pthread_create(&thread, NULL, executes, NULL);
    pthread_join(thread, NULL);
    return 99;
}
