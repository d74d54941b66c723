/* chaos SEED ROUNDS: processes with threads that are killed, stopped, replaced and ended at any moment. Ends by itself. */
#include <pthread.h>

#include "workload.h"

enum { AT_ONCE = 6, THREADS = 4 };

static unsigned state;

/* Park and Miller's generator: the same seed makes the same decisions. */
static unsigned chance(unsigned limit) {
    state = (unsigned)((uint64_t)state * 48271 % 2147483647);
    return state % limit;
}

static void *thread(void *argument) {
    unsigned fate = (unsigned)(uintptr_t)argument;
    usleep(fate % 1000);
    switch (fate / 1000 % 8) {
    case 0:
        execl("/proc/self/exe", "chaos", "leaf", NULL);
        break;
    case 1:
        if (fork() == 0) _exit(0);
        break;
    case 2:
        if (vfork() == 0) _exit(0);
        break;
    case 3:
        _exit(1);
    case 4:
        kill(getpid(), SIGSTOP);
        break;
    default:
        for (int i = 0; i < 20; i++) syscall(SYS_getpgid, 0);
    }
    return NULL;
}

static void child(void) {
    pthread_t threads[THREADS];
    setpgid(0, 0); /* so that its orphans can be killed, too */
    for (int i = 0; i < THREADS; i++) pthread_create(&threads[i], NULL, thread, (void *)(uintptr_t)chance(8000));
    if (chance(3) == 0) pthread_exit(NULL); /* the leader goes first */
    for (int i = 0; i < THREADS; i++) pthread_join(threads[i], NULL);
    _exit(0);
}

int main(int argc, char **argv) {
    if (argc > 1 && !strcmp(argv[1], "leaf")) return 0;
    state = argc > 1 ? (unsigned)atoi(argv[1]) + 1 : 1;
    int rounds = argc > 2 ? atoi(argv[2]) : 50;
    expect("getsid", rounds, "{}");
    expected();
    for (int round = 0; round < rounds; round++) {
        pid_t children[AT_ONCE];
        mark();
        for (int i = 0; i < AT_ONCE; i++) {
            chance(2);
            if ((children[i] = fork()) == 0) child();
        }
        usleep(chance(3000));
        for (int i = 0; i < AT_ONCE; i++) {
            if (chance(2)) kill(children[i], SIGCONT);
            usleep(chance(500));
            kill(children[i], SIGKILL);
            kill(-children[i], SIGKILL);
            status_of(children[i]);
        }
    }
    return 0;
}
