/*
 * Processes that go on without their first thread.
 *     headless child   ends while such a process still runs
 *     headless main    is one itself, and has children that end before it does
 */
#include <pthread.h>

#include "workload.h"

static pthread_t first;
static int ready[2];

static void *goes_on(void *argument) {
    must(pthread_join(first, NULL) == 0, "pthread_join");
    mark();
    if (argument) {
        must(write(ready[1], "", 1) == 1, "write");
        for (;;) pause();
    }
    for (int i = 0; i < 3; i++) {
        pid_t child = fork();
        if (child == 0) _exit(0);
        status_of(child);
    }
    exit(3);
}

static void lose_the_first_thread(void *argument) {
    pthread_t thread;
    first = pthread_self();
    must(pthread_create(&thread, NULL, goes_on, argument) == 0, "pthread_create");
    pthread_exit(NULL);
}

int main(int argc, char **argv) {
    char byte;
    expect("getsid", 1, "{}");
    expected();
    if (argc < 2 || strcmp(argv[1], "child")) lose_the_first_thread(NULL);
    must(pipe(ready) == 0, "pipe");
    if (fork() == 0) lose_the_first_thread(ready);
    must(read(ready[0], &byte, 1) == 1, "read");
    return 3;
}
