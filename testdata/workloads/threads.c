/* Eight threads that make a hundred calls each, and some that end before they make any. */
#include <pthread.h>

#include "workload.h"

enum { THREADS = 8, CALLS = 100, IDLE = 20 };

static void *busy(void *unused) {
    for (int i = 0; i < CALLS; i++) mark();
    return unused;
}

static void *idle(void *unused) {
    return unused;
}

int main(void) {
    pthread_t threads[THREADS + IDLE];
    expect("getsid", THREADS * CALLS + 1, "{}");
    expected();
    for (int i = 0; i < THREADS + IDLE; i++)
        must(pthread_create(&threads[i], NULL, i < THREADS ? busy : idle, NULL) == 0, "pthread_create");
    for (int i = 0; i < THREADS + IDLE; i++) pthread_join(threads[i], NULL);
    mark();
    return 0;
}
