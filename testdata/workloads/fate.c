/* fate exit N | raise N | segv | wait: how it ends. `wait` sleeps until a signal comes. */
#include <sys/resource.h>

#include "workload.h"

int main(int argc, char **argv) {
    const char *how = argc > 1 ? argv[1] : "";
    int number = argc > 2 ? atoi(argv[2]) : 0;
    setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
    expect("getsid", 1, "{}");
    expected();
    mark();
    if (!strcmp(how, "exit")) return number;
    if (!strcmp(how, "raise")) raise(number);
    if (!strcmp(how, "segv")) *(volatile int *)(uintptr_t)(argc - 3) = 1;
    if (!strcmp(how, "wait"))
        for (;;) pause();
    return 99;
}
