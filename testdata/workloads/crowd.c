/* crowd N FILE: N threads that call and wait by turns until TERM comes; all of them must end then. Writes into FILE when they are there. */
#include <pthread.h>
#include <time.h>

#include "workload.h"

static volatile sig_atomic_t over;

static void end(int number) {
    (void)number;
    over = 1;
}

static void *live(void *unused) {
    (void)unused;
    while (!over) {
        mark();
        nanosleep(&(struct timespec){.tv_nsec = 50000000}, NULL);
    }
    return NULL;
}

int main(int argc, char **argv) {
    int count = argc > 1 ? atoi(argv[1]) : 10;
    pthread_t *threads = calloc((size_t)count, sizeof *threads);
    pthread_attr_t small;
    sigaction(SIGTERM, &(struct sigaction){.sa_handler = end}, NULL);
    pthread_attr_init(&small);
    pthread_attr_setstacksize(&small, 65536);
    for (int i = 0; i < count; i++) must(pthread_create(&threads[i], &small, live, NULL) == 0, "pthread_create");
    FILE *ready = argc > 2 ? fopen(argv[2], "w") : stdout;
    must(ready && fputs("ready\n", ready) >= 0 && fflush(ready) == 0, "ready");
    for (int i = 0; i < count; i++) must(pthread_join(threads[i], NULL) == 0, "pthread_join");
    return 0;
}
