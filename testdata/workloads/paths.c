/*
 * paths FOLDER N: executes itself under N names, one after the other; under the last one only it makes a
 * call that it does not make under the others. It lies in the file system of FOLDER.
 */
#include <limits.h>

#include "workload.h"

int main(int argc, char **argv) {
    char own[PATH_MAX] = "", path[PATH_MAX];
    if (argc == 2) {
        if (*argv[1] == 'l') mark();
        return 0;
    }
    must(argc == 3, "usage: paths FOLDER N");
    must(readlink("/proc/self/exe", own, sizeof own - 1) > 0, "readlink");
    for (int left = atoi(argv[2]); left > 0; left--) {
        snprintf(path, sizeof path, "%s/%d", argv[1], left);
        must(link(own, path) == 0, "link");
        pid_t child = vfork();
        if (child == 0) {
            execl(path, path, left == 1 ? "last" : "one", NULL);
            _exit(127);
        }
        must(status_of(child) == 0, "child");
        must(unlink(path) == 0, "unlink");
    }
    return 0;
}
