/*
 * struck CHILDREN CALLS SEED: each child, an executable of its own beside this one, is killed at about its call CALLS by a
 * timer, at another moment each time. Without children this happens to the process itself. None of it takes a call.
 */
#include <pthread.h>
#include <time.h>

#include "workload.h"

enum { WINDOW_NS = 800000 };

static void *second_thread(void *unused) {
    pause();
    return unused;
}

static void be_struck(int calls, unsigned seed) {
    timer_t timer;
    pthread_t thread;
    struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGKILL};
    struct itimerspec never = {0}, soon = {.it_value = {.tv_nsec = 1 + (long)((uint64_t)seed * 48271 % 2147483647 % WINDOW_NS)}};
    must(timer_create(CLOCK_MONOTONIC, &event, &timer) == 0, "timer_create");
    must(timer_settime(timer, 0, &never, NULL) == 0, "timer_settime");
    if (seed % 4) pthread_create(&thread, NULL, second_thread, NULL);
    for (int i = 0; i < calls; i++) syscall(SYS_getppid);
    must(timer_settime(timer, 0, &soon, NULL) == 0, "timer_settime");
    for (;;) syscall(SYS_getppid);
}

static void make_child(const char *program, const char *calls, unsigned seed) {
    char name[32], text[32];
    snprintf(name, sizeof name, "struck%u", seed);
    snprintf(text, sizeof text, "%u", seed);
    must(link(program, name) == 0, "link");
    pid_t child = vfork();
    if (child == 0) {
        execl(name, name, "0", calls, text, NULL);
        _exit(99);
    }
    int status = status_of(child);
    must(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL, "its end");
}

int main(int argc, char **argv) {
    int children = argc > 1 ? atoi(argv[1]) : 0, calls = argc > 2 ? atoi(argv[2]) : 0;
    unsigned seed = argc > 3 ? (unsigned)atoi(argv[3]) : 1;
    if (children == 0) be_struck(calls, seed);
    expect("getsid", 1, "{}");
    expected();
    mark();
    for (int i = 0; i < children; i++) make_child(argv[0], argv[2], seed + (unsigned)i);
    return 0;
}
