#include "procfs.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The user namespace of boot has a fixed inode number (PROC_USER_INIT_INO). */
#define INITIAL_USER_NAMESPACE "user:[4026531837]"

static void path_of(pid_t tid, const char *name, char path[64])
{
    snprintf(path, 64, "/proc/%d/%s", tid, name);
}

/* The whole file, as far as it fits, with a final NUL; its length or negative errno. */
static ssize_t read_file(pid_t tid, const char *name, char *text, size_t size)
{
    char path[64];
    path_of(tid, name, path);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return -errno;
    size_t length = 0;
    ssize_t count = 0;
    while (length < size - 1 && (count = read(fd, text + length, size - 1 - length)) > 0) length += (size_t)count;
    int error = count < 0 ? errno : 0;
    close(fd);
    text[length] = 0;
    return error ? -error : (ssize_t)length;
}

static ssize_t read_link(pid_t tid, const char *name, char *target, size_t size)
{
    char path[64];
    path_of(tid, name, path);
    ssize_t length = readlink(path, target, size - 1);
    if (length < 0) return -errno;
    target[length] = 0;
    return length;
}

/* What follows "\nname:", or "" when this kernel has no such line. */
static const char *field(const char *text, const char *name)
{
    char key[32];
    int length = snprintf(key, sizeof key, "\n%s:", name);
    const char *at = strstr(text, key);
    return at ? at + length : "";
}

static uint64_t number_field(const char *text, const char *name, int base)
{
    return strtoull(field(text, name), NULL, base);
}

/* The second number of "Uid: real effective saved filesystem". */
static uint32_t effective_id(const char *text, const char *name)
{
    char *end;
    strtoul(field(text, name), &end, 10);
    return (uint32_t)strtoul(end, NULL, 10);
}

static size_t parse_groups(const char *at, gid_t *groups)
{
    size_t count = 0;
    while (count < PROCFS_GROUPS) {
        while (*at == ' ' || *at == '\t') at++;
        if (*at < '0' || *at > '9') break;
        char *end;
        groups[count++] = (gid_t)strtoul(at, &end, 10);
        at = end;
    }
    return count;
}

/* One id per pid namespace from the reader's to the task's own. */
static bool is_namespace_init(const char *ids)
{
    const char *end = strchrnul(ids, '\n');
    return end - ids >= 3 && end[-1] == '1' && end[-2] == '\t' && memchr(ids + 1, '\t', (size_t)(end - ids - 2));
}

int procfs_processors(char *text, size_t size)
{
    char all[16384];
    ssize_t length = read_file(getpid(), "status", all, sizeof all);
    if (length < 0) return (int)length;
    const char *at = field(all, "Cpus_allowed");
    length = (ssize_t)strcspn(at, "\n");
    if (length == 0 || (size_t)length >= size) return -EINVAL;
    memcpy(text, at, (size_t)length);
    text[length] = 0;
    return 0;
}

int procfs_status(pid_t tid, struct status *status)
{
    char text[16384];
    ssize_t length = read_file(tid, "status", text, sizeof text);
    if (length < 0) return (int)length;
    status->tgid = (pid_t)number_field(text, "Tgid", 10);
    status->ppid = (pid_t)number_field(text, "PPid", 10);
    status->uid = effective_id(text, "Uid");
    status->gid = effective_id(text, "Gid");
    status->ngroups = parse_groups(field(text, "Groups"), status->groups);
    status->inheritable = number_field(text, "CapInh", 16);
    status->permitted = number_field(text, "CapPrm", 16);
    status->effective = number_field(text, "CapEff", 16);
    status->bounding = number_field(text, "CapBnd", 16);
    status->ambient = number_field(text, "CapAmb", 16);
    status->no_new_privileges = number_field(text, "NoNewPrivs", 10) != 0;
    status->seccomp = (unsigned)number_field(text, "Seccomp", 10);
    status->seccomp_filters = (unsigned)number_field(text, "Seccomp_filters", 10);
    status->ignored_signals = number_field(text, "SigIgn", 16);
    status->caught_signals = number_field(text, "SigCgt", 16);
    status->namespace_init = tid == 1 || is_namespace_init(field(text, "NSpid"));
    return status->tgid > 0 ? 0 : -ESRCH;
}

bool procfs_has_ended(pid_t tid)
{
    char text[16384];
    if (read_file(tid, "status", text, sizeof text) < 0) return true;
    const char *state = field(text, "State");
    return *state == 0 || strchr("ZX", state[strspn(state, "\t ")]);
}

/* A number, as proc(5) counts them. 0 or negative errno. */
static int stat_field(pid_t tid, int number, uint64_t *value)
{
    enum { NAME = 2 };
    char text[512];
    if (read_file(tid, "stat", text, sizeof text) < 0) return -ESRCH;
    const char *at = strrchr(text, ')');
    for (int i = NAME; at && i < number; i++) at = strchr(at + 1, ' ');
    if (!at) return -ESRCH;
    *value = strtoull(at, NULL, 10);
    return 0;
}

/* The task's PF_* flags of the kernel's sched.h. 0 or negative errno. */
static int task_flags(pid_t tid, uint64_t *flags)
{
    return stat_field(tid, 9, flags);
}

int procfs_start(pid_t pid, uint64_t *ticks)
{
    return stat_field(pid, 22, ticks);
}

bool procfs_is_exiting(pid_t pid)
{
    enum { PF_EXITING = 4 };
    uint64_t flags;
    return task_flags(pid, &flags) < 0 || flags & PF_EXITING;
}

bool procfs_is_kernel_thread(pid_t tid)
{
    enum { PF_KTHREAD = 0x200000 };
    uint64_t flags;
    return task_flags(tid, &flags) == 0 && flags & PF_KTHREAD;
}

int procfs_exe(pid_t tid, char *path, size_t size)
{
    ssize_t length = read_link(tid, "exe", path, size);
    if (length > 0) return 0;
    if (length != -EACCES && length != -EPERM) return -ESRCH;
    char comm[32];
    length = read_file(tid, "comm", comm, sizeof comm);
    if (length <= 0) return -ESRCH;
    snprintf(path, size, "[%.*s]", (int)strcspn(comm, "\n"), comm);
    return 0;
}

void procfs_argv0(pid_t tid, char *argv0, size_t size)
{
    if (read_file(tid, "cmdline", argv0, size) < 0) argv0[0] = 0;
}

size_t procfs_command_line(pid_t pid, char *text, size_t size)
{
    ssize_t length = read_file(pid, "cmdline", text, size);
    return length < 0 ? 0 : (size_t)length;
}

void procfs_cwd(pid_t pid, char *path, size_t size)
{
    if (read_link(pid, "cwd", path, size) < 0) path[0] = 0;
}

void procfs_comm(pid_t pid, char *name, size_t size)
{
    if (read_file(pid, "comm", name, size) < 0) name[0] = 0;
    name[strcspn(name, "\n")] = 0;
}

static pid_t number_of(pid_t tid, const char *field_name)
{
    char text[16384];
    if (read_file(tid, "status", text, sizeof text) < 0) return -1;
    return (pid_t)number_field(text, field_name, 10);
}

pid_t procfs_parent(pid_t pid)
{
    return number_of(pid, "PPid");
}

pid_t procfs_tracer(pid_t tid)
{
    return number_of(tid, "TracerPid");
}

bool procfs_in_user_namespace(pid_t tid)
{
    char link[64];
    return read_link(tid, "ns/user", link, sizeof link) > 0 && strcmp(link, INITIAL_USER_NAMESPACE) != 0;
}

static bool is_same(pid_t tid, const char *name)
{
    char theirs[64], ours[64];
    return read_link(tid, name, theirs, sizeof theirs) > 0 && read_link(getpid(), name, ours, sizeof ours) > 0 &&
           strcmp(theirs, ours) == 0;
}

bool procfs_in_our_user_namespace(pid_t tid)
{
    return is_same(tid, "ns/user");
}

bool procfs_in_our_mount_namespace(pid_t pid)
{
    return is_same(pid, "ns/mnt");
}

uint32_t procfs_inside_id(pid_t tid, const char *map, uint32_t outside)
{
    char text[4096];
    if (read_file(tid, map, text, sizeof text) < 0) return outside;
    for (char *line = text; line && *line; line = strchr(line, '\n'), line = line ? line + 1 : NULL) {
        unsigned inner, outer, count;
        if (sscanf(line, "%u %u %u", &inner, &outer, &count) != 3) break;
        if (outside >= outer && outside - outer < count) return inner + (outside - outer);
    }
    return outside;
}

/* Each number has a space behind it. One that does not end within what was read is read again with the rest. */
void procfs_each_child(pid_t tgid, pid_t tid, void (*visit)(pid_t, void *), void *context)
{
    char path[64], text[4096], *end;
    snprintf(path, sizeof path, "/proc/%d/task/%d/children", tgid, tid);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    size_t kept = 0;
    for (ssize_t got; fd >= 0 && (got = read(fd, text + kept, sizeof text - 1 - kept)) > 0;) {
        char *at = text;
        text[kept + (size_t)got] = 0;
        for (; (end = strchr(at, ' ')); at = end + 1) visit((pid_t)atoi(at), context);
        kept = strlen(at);
        memmove(text, at, kept + 1);
    }
    if (fd >= 0) close(fd);
}

/* The folder of the threads has a link for each, beside its own two. */
long procfs_threads(pid_t pid)
{
    char path[64];
    struct stat folder;
    path_of(pid, "task", path);
    return stat(path, &folder) < 0 ? -errno : (long)folder.st_nlink - 2;
}
