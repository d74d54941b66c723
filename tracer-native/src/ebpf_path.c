/* The path of an executable whose process may be no more. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "ebpf_run.h"

/* As far as a chain of #! lines goes in the kernel. */
enum { INTERPRETERS = 5 };

/* A file below the main process's root, or below this one's, not to be read from. A descriptor or negative errno. */
static int find_below(int root, const char *path)
{
    struct open_how how = {.flags = O_PATH | O_CLOEXEC, .resolve = RESOLVE_IN_ROOT};
    int fd = root < 0 ? open(path, O_PATH | O_CLOEXEC) : (int)syscall(SYS_openat2, root, path, &how, sizeof how);
    return fd < 0 ? -errno : fd;
}

static void close_it(const int *fd)
{
    if (*fd >= 0) close(*fd);
}

static int path_of(int fd, char *path, size_t size)
{
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, size - 1);
    if (length < 0) return -errno;
    path[length] = 0;
    return 0;
}

/* Of a regular file, the word behind #!, cut off; whether there is one. */
static bool read_interpreter(int found, char *line, size_t size)
{
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", found);
    int fd __attribute__((cleanup(close_it))) = open(link, O_RDONLY | O_CLOEXEC);
    ssize_t got = pread(fd, line, size - 1, 0);
    if (got < 3 || line[0] != '#' || line[1] != '!') return false;
    line[got] = 0;
    char *word = line + 2 + strspn(line + 2, " \t");
    word[strcspn(word, " \t\n")] = 0;
    memmove(line, word, strlen(word) + 1);
    return *line == '/';
}

/* By the name that was executed: the kernel tells the last interpreter's with an inode, else the script's. */
static bool by_name(const struct ebpf_run *run, const struct ebpf_exec *exec, char *path, size_t size)
{
    char name[PATH_MAX];
    snprintf(name, sizeof name, "%s", exec->path);
    /* What these lead to is another thing for each process. */
    if (!run->ebpf.layout.typed && (!strncmp(name, "/proc/", 6) || !strncmp(name, "/dev/fd/", 8))) return false;
    for (int i = 0; i < INTERPRETERS && name[0] == '/'; i++) {
        struct stat file;
        int fd __attribute__((cleanup(close_it))) = find_below(run->root, name);
        if (fd < 0 || fstat(fd, &file) < 0 || !S_ISREG(file.st_mode)) return false;
        bool script = !run->ebpf.layout.typed && read_interpreter(fd, name, sizeof name);
        bool same = !run->ebpf.layout.typed || file.st_ino == exec->event.values[0];
        if (!script) return same && path_of(fd, path, size) == 0;
    }
    return false;
}

void ebpf_find_path(struct ebpf_run *run, const struct ebpf_exec *exec, char *path, size_t size)
{
    if (by_name(run, exec, path, size)) return;
    snprintf(path, size, "%s", exec->path[0] ? exec->path : "[unknown]");
}
