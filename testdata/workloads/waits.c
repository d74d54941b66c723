/*
 * waits FILE: threads that wait in calls of several kinds, all of which the kernel takes up again after a stop without a handler;
 * then all are told to end by USR1. One whose wait ends before makes it end with 1.
 */
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <sys/socket.h>
#include <time.h>

#include "workload.h"

static int never[2];
static volatile int told;

static void *in_read(void *unused) {
    (void)unused;
    char byte;
    must(read(never[0], &byte, 1) == 1 && told, "read");
    return NULL;
}

static void *in_poll(void *unused) {
    (void)unused;
    struct pollfd fd = {.fd = never[0], .events = POLLRDHUP};
    must(poll(&fd, 1, 100000000) == 1 && told, "poll");
    return NULL;
}

static void *in_sleep(void *unused) {
    (void)unused;
    struct timespec before, after;
    clock_gettime(CLOCK_MONOTONIC, &before);
    must(nanosleep(&(struct timespec){.tv_nsec = 900000000}, NULL) == 0, "nanosleep");
    clock_gettime(CLOCK_MONOTONIC, &after);
    must((after.tv_sec - before.tv_sec) * 1000 + (after.tv_nsec - before.tv_nsec) / 1000000 >= 899, "a sleep");
    return NULL;
}

static void *in_wait(void *unused) {
    (void)unused;
    pid_t child = fork();
    if (child == 0) {
        char byte;
        _exit(read(never[0], &byte, 1) == 1 ? 0 : 1);
    }
    must(status_of(child) == 0 && told, "waitpid");
    return NULL;
}

int main(int argc, char **argv) {
    void *(*const ways[])(void *) = {in_read, in_poll, in_sleep, in_wait};
    enum { WAYS = sizeof ways / sizeof *ways };
    pthread_t threads[WAYS];
    sigset_t usr1;
    int number;
    must(socketpair(AF_UNIX, SOCK_STREAM, 0, never) == 0, "socketpair");
    sigemptyset(&usr1);
    sigaddset(&usr1, SIGUSR1);
    pthread_sigmask(SIG_BLOCK, &usr1, NULL);
    for (int i = 0; i < WAYS; i++) must(pthread_create(&threads[i], NULL, ways[i], NULL) == 0, "pthread_create");
    FILE *ready = argc > 1 ? fopen(argv[1], "w") : stdout;
    must(ready && fputs("waiting\n", ready) >= 0 && fflush(ready) == 0, "ready");
    sigwait(&usr1, &number);
    told = 1;
    must(write(never[1], "xx", 2) == 2 && shutdown(never[1], SHUT_WR) == 0, "write");
    for (int i = 0; i < WAYS; i++) pthread_join(threads[i], NULL);
    return 0;
}
