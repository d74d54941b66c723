/*
 * bound MASK TIMES: that all of its tasks have the mask of processors that they should have, whoever asks and whenever: MASK, as
 * /proc has it, until they are bound to one processor. TIMES as often as that is asked, between calls of all kinds.
 */
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>

#include "workload.h"

static const char *unbound;
static int times;
static cpu_set_t all, one;
static volatile int over;

static void is_of(pid_t tid, const cpu_set_t *expected_mask, const char *what) {
    cpu_set_t mask;
    must(sched_getaffinity(tid, sizeof mask, &mask) == 0, "sched_getaffinity");
    must(CPU_EQUAL(&mask, expected_mask), what);
}

/* As the file says it, which is opened for the purpose or was before. */
static void is_said(int fd, const char *expected_text, const char *what) {
    static const char key[] = "\nCpus_allowed:\t";
    char text[8192];
    ssize_t length = pread(fd, text, sizeof text - 1, 0);
    must(length > 0, "status");
    text[length] = 0;
    char *at = strstr(text, key), *end = at ? strchr(at + 1, '\n') : NULL;
    must(end != NULL, "Cpus_allowed");
    *end = 0;
    must(!strcmp(at + sizeof key - 1, expected_text), what);
}

static void other_calls(int i) {
    char byte;
    int fd = open("/proc/self/exe", O_RDONLY);
    must(fd >= 0 && read(fd, &byte, 1) == 1, "open");
    close(fd);
    for (int n = i % 7; n; n--) mark();
    if (i % 3 == 0) usleep(1);
}

static void ask(const cpu_set_t *mask, const char *text, const char *who) {
    int before = open("/proc/self/status", O_RDONLY);
    for (int i = 0; i < times; i++) {
        other_calls(i);
        is_of(0, mask, who);
        is_said(before, text, who);
        int fd = open("/proc/thread-self/status", O_RDONLY);
        is_said(fd, text, who);
        close(fd);
    }
    close(before);
}

static const char *text_of_one(void) {
    static char text[4096];
    FILE *file = fopen("/proc/self/status", "r");
    while (fgets(text, sizeof text, file) && strncmp(text, "Cpus_allowed:", 13)) continue;
    fclose(file);
    text[strcspn(text, "\n")] = 0;
    return strchr(text, '\t') + 1;
}

static void in_child(pid_t child, const cpu_set_t *mask, const char *text, const char *who) {
    if (child == 0) {
        ask(mask, text, who);
        _exit(0);
    }
    must(child > 0 && status_of(child) == 0, who);
}

static void *until_over(void *tid) {
    *(volatile pid_t *)tid = (pid_t)syscall(SYS_gettid);
    for (int i = 0; !over; i++) other_calls(i);
    return NULL;
}

/* Of a thread that calls all the time. */
static void ask_of_another(void) {
    volatile pid_t tid = 0;
    char path[64];
    pthread_t thread;
    must(pthread_create(&thread, NULL, until_over, (void *)&tid) == 0, "pthread_create");
    while (tid == 0) sched_yield();
    snprintf(path, sizeof path, "/proc/self/task/%d/status", tid);
    int status = open(path, O_RDONLY);
    for (int i = 0; i < times; i++) {
        is_of(tid, &all, "of another thread");
        is_said(status, unbound, "of another thread, as its file says");
    }
    must(sched_setaffinity(tid, sizeof one, &one) == 0, "another thread's");
    for (int i = 0; i < times; i++) is_of(tid, &one, "of a thread that was bound");
    over = 1;
    pthread_join(thread, NULL);
    close(status);
}

/* A child that calls all the time is bound by its parent. */
static void bind_child(void) {
    int word[2];
    char byte;
    must(pipe(word) == 0, "pipe");
    pid_t child = fork();
    if (child == 0) {
        fcntl(word[0], F_SETFL, O_NONBLOCK);
        for (int i = 0; read(word[0], &byte, 1) != 1; i++) other_calls(i);
        ask(&one, text_of_one(), "of a child that its parent has bound");
        _exit(0);
    }
    for (int i = 0; i < times; i++) is_of(child, &all, "of a child");
    must(sched_setaffinity(child, sizeof one, &one) == 0, "a child's");
    for (int i = 0; i < times; i++) is_of(child, &one, "of a child that was bound");
    must(write(word[1], "x", 1) == 1 && status_of(child) == 0, "a child");
}

int main(int count, char **words) {
    must(count == 3 && sched_getaffinity(0, sizeof all, &all) == 0, "usage: bound MASK TIMES");
    unbound = words[1];
    times = atoi(words[2]);
    CPU_ZERO(&one);
    for (int i = CPU_SETSIZE; i--;)
        if (CPU_ISSET(i, &all) && CPU_COUNT(&one) == 0) CPU_SET(i, &one);
    ask(&all, unbound, "its own");
    in_child(fork(), &all, unbound, "of a child of fork");
    in_child((pid_t)syscall(SYS_clone, SIGCHLD, NULL, NULL, NULL, NULL), &all, unbound, "of a child of clone");
    ask_of_another();
    bind_child();
    must(sched_setaffinity(0, sizeof one, &one) == 0, "sched_setaffinity");
    ask(&one, text_of_one(), "its own, of one processor");
    in_child(fork(), &one, text_of_one(), "of a child of one that is bound");
    must(sched_setaffinity(0, sizeof all, &all) == 0, "sched_setaffinity");
    ask(&all, unbound, "its own again");
    return 0;
}
