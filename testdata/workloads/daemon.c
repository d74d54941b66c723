/* Leaves a daemon behind that goes on for as long as the file FILE exists; with no FILE it makes its calls and ends. */
#include <fcntl.h>

#include "workload.h"

int main(int argc, char **argv) {
    int ready[2];
    const char *file = argc > 1 ? argv[1] : NULL;
    expect("getsid", file ? 1 : 5, "{}");
    expect("setsid", 1, "{}");
    expected();
    must(pipe(ready) == 0, "pipe");
    pid_t pid = fork();
    if (pid == 0) {
        setsid();
        if (fork() > 0) _exit(0);
        mark();
        must(write(ready[1], "x", 1) == 1, "write");
        while (file && access(file, F_OK) == 0) usleep(10000);
        for (int i = 0; !file && i < 4; i++) mark();
        _exit(0);
    }
    char byte;
    must(read(ready[0], &byte, 1) == 1, "read");
    status_of(pid);
    return 6;
}
