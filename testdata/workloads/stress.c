/* stress PROCESSES THREADS (multiples of 40): short-lived children of four parents at once, each making one call; and short-lived threads. */
#include <pthread.h>

#include "workload.h"

enum { PARENTS = 4, AT_ONCE = 10 };

static void *marks(void *unused) {
    mark();
    return unused;
}

static void make_threads(int count) {
    pthread_t threads[AT_ONCE];
    for (int made = 0; made < count; made += AT_ONCE) {
        for (int i = 0; i < AT_ONCE; i++) must(pthread_create(&threads[i], NULL, marks, NULL) == 0, "pthread_create");
        for (int i = 0; i < AT_ONCE; i++) pthread_join(threads[i], NULL);
    }
}

static void make_processes(int count) {
    for (int made = 0; made < count; made += AT_ONCE) {
        for (int i = 0; i < AT_ONCE; i++)
            if (fork() == 0) {
                mark();
                _exit(0);
            }
        for (int i = 0; i < AT_ONCE; i++) must(wait(NULL) > 0, "wait");
    }
}

int main(int argc, char **argv) {
    int processes = argc > 1 ? atoi(argv[1]) : 2000, threads = argc > 2 ? atoi(argv[2]) : 2000;
    expect("getsid", processes + threads, "{}");
    expected();
    pid_t parents[PARENTS];
    for (int i = 0; i < PARENTS; i++)
        if ((parents[i] = fork()) == 0) {
            make_processes(processes / PARENTS);
            make_threads(threads / PARENTS);
            _exit(0);
        }
    for (int i = 0; i < PARENTS; i++) must(status_of(parents[i]) == 0, "parent");
    return 0;
}
