#include "idmap.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sandbox.h"

enum { RANGES = 32, EXTENTS = RANGES + 3 };

struct range {
    unsigned long long first;
    unsigned long long count;
};

struct extent {
    unsigned long long inside;
    unsigned long long outside;
    unsigned long long count;
};

/* One kind of ids: user ids or group ids. */
struct kind {
    const char *ranges_file;
    const char *map_file;
    const char *tool;
    unsigned long long own;
    unsigned long long inside;
};

/* By hand: in a static program getpwuid() would need the C library's shared objects of this very version. */
static void user_name(uid_t uid, char *name, size_t size)
{
    FILE *file = fopen("/etc/passwd", "re");
    char *line = NULL;
    size_t length = 0;

    name[0] = 0;
    while (file && getline(&line, &length, file) > 0) {
        char *colon = strchr(line, ':');
        unsigned long long number;

        if (colon && sscanf(colon + 1, "%*[^:]:%llu:", &number) == 1 && number == uid) {
            snprintf(name, size, "%.*s", (int)(colon - line), line);
            break;
        }
    }
    free(line);
    if (file)
        fclose(file);
}

/* Lines "user:first:count", the user by name or number. */
static size_t read_ranges(const char *path, struct range ranges[RANGES])
{
    FILE *file = fopen(path, "re");
    char name[256], number[24], *line = NULL;
    size_t length = 0, found = 0;

    user_name(getuid(), name, sizeof name);
    snprintf(number, sizeof number, "%u", getuid());
    while (file && found < RANGES && getline(&line, &length, file) > 0) {
        char owner[256];

        if (sscanf(line, "%255[^:]:%llu:%llu", owner, &ranges[found].first, &ranges[found].count) == 3
            && ranges[found].count > 0 && (strcmp(owner, number) == 0 || (name[0] && strcmp(owner, name) == 0)))
            found++;
    }
    free(line);
    if (file)
        fclose(file);
    return found;
}

/* The own id where it is wanted, the ranges one after the other over all other ids from 0 up. */
static size_t lay_out(const struct kind *kind, const struct range *ranges, size_t count, struct extent *extents)
{
    unsigned long long next = 0;
    size_t used = 0;

    extents[used++] = (struct extent){kind->inside, kind->own, 1};
    for (size_t i = 0; i < count; i++) {
        struct range left = ranges[i];

        if (next <= kind->inside && next + left.count > kind->inside) {
            unsigned long long below = kind->inside - next;

            if (below > 0)
                extents[used++] = (struct extent){next, left.first, below};
            left.first += below;
            left.count -= below;
            next = kind->inside + 1;
        }
        if (left.count > 0)
            extents[used++] = (struct extent){next, left.first, left.count};
        next += left.count;
    }
    return used;
}

static int write_file(pid_t pid, const char *name, const char *text)
{
    char path[64];
    int fd, error = 0;

    snprintf(path, sizeof path, "/proc/%d/%s", pid, name);
    fd = open(path, O_WRONLY | O_CLOEXEC);
    if (fd < 0)
        return -errno;
    if (write(fd, text, strlen(text)) < 0)
        error = -errno;
    close(fd);
    return error;
}

static bool is_written(pid_t pid, const struct kind *kind)
{
    char path[64];
    FILE *map;
    bool written;

    snprintf(path, sizeof path, "/proc/%d/%s", pid, kind->map_file);
    map = fopen(path, "re");
    written = map && fgetc(map) != EOF;
    if (map)
        fclose(map);
    return written;
}

static int write_own_only(pid_t pid, const struct kind *kind, struct failure *failure)
{
    char line[64];
    int error;

    snprintf(line, sizeof line, "%llu %llu 1\n", kind->inside, kind->own);
    error = write_file(pid, kind->map_file, line);
    return error ? failure_of(failure, "sandbox", -error, "user namespace: %s", kind->map_file) : 0;
}

_Noreturn static void execute_tool(const char *tool, char **argv, int complaints)
{
    char path[64];

    dup2(complaints, 2);
    execvp(tool, argv);
    snprintf(path, sizeof path, "/usr/bin/%s", tool); /* PATH of a daemon may be empty */
    execv(path, argv);
    _exit(127);
}

/* The first line that the tool writes to stderr, read to the end so that it is not stopped by a full pipe. */
static void read_complaint(int fd, char *line, size_t size)
{
    FILE *file = fdopen(fd, "re");

    line[0] = 0;
    if (!file) {
        close(fd);
        return;
    }
    if (fgets(line, (int)size, file))
        line[strcspn(line, "\n")] = 0;
    while (fgetc(file) != EOF)
        ;
    fclose(file);
}

/* Runs the tool; if it fails, *reason is what it says. */
static int run_tool(char **argv, char *reason, size_t size)
{
    int pipe_ends[2], status;
    char complaint[128];
    pid_t child;

    if (pipe2(pipe_ends, O_CLOEXEC) < 0)
        return -errno;
    child = fork();
    if (child == 0)
        execute_tool(argv[0], argv, pipe_ends[1]);
    close(pipe_ends[1]);
    read_complaint(pipe_ends[0], complaint, sizeof complaint);
    while (child > 0 && waitpid(child, &status, __WALL) < 0)
        if (errno != EINTR)
            return -errno;
    if (child > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0)
        return 0;
    snprintf(reason, size, "%s failed: %s", argv[0], complaint);
    return -EPERM;
}

static int map_extents(pid_t pid, const struct kind *kind, const struct extent *extents, size_t count, char *reason,
                       size_t size)
{
    char texts[3 * EXTENTS][24], tool[16], process[16], *argv[3 * EXTENTS + 3] = {tool, process};

    snprintf(tool, sizeof tool, "%s", kind->tool);
    snprintf(process, sizeof process, "%d", pid);
    for (size_t i = 0; i < count; i++) {
        const unsigned long long numbers[] = {extents[i].inside, extents[i].outside, extents[i].count};

        for (size_t k = 3 * i; k < 3 * i + 3; k++) {
            snprintf(texts[k], sizeof texts[k], "%llu", numbers[k - 3 * i]);
            argv[k + 2] = texts[k];
        }
    }
    return run_tool(argv, reason, size);
}

static bool is_in_path(const char *tool)
{
    char command[64];
    const char *path = getenv("PATH");

    snprintf(command, sizeof command, "/usr/bin/%s", tool);
    if (access(command, X_OK) == 0)
        return true;
    for (const char *folder = path, *end; folder && *folder; folder = *end ? end + 1 : end) {
        char file[4096];

        end = strchrnul(folder, ':');
        snprintf(file, sizeof file, "%.*s/%s", (int)(end - folder), folder, tool);
        if (access(file, X_OK) == 0)
            return true;
    }
    return false;
}

static int check_ranges(const struct kind *kind, char *reason, size_t size)
{
    struct range ranges[RANGES];

    if (read_ranges(kind->ranges_file, ranges) == 0) {
        snprintf(reason, size, "%s has no range for user %u", kind->ranges_file, getuid());
        return -ENOENT;
    }
    if (!is_in_path(kind->tool)) {
        snprintf(reason, size, "%s is not installed", kind->tool);
        return -ENOENT;
    }
    return 0;
}

static int map_ranges(pid_t pid, const struct kind *kind, char *reason, size_t size)
{
    struct range ranges[RANGES];
    struct extent extents[EXTENTS];
    size_t count = lay_out(kind, ranges, read_ranges(kind->ranges_file, ranges), extents);

    return map_extents(pid, kind, extents, count, reason, size);
}

/* Both or neither: with user ids alone a daemon that drops its privileges would still stop at its group. */
static int map_all(pid_t pid, const struct kind kinds[2], char *reason, size_t size)
{
    int error = check_ranges(&kinds[0], reason, size);

    if (!error)
        error = check_ranges(&kinds[1], reason, size);
    if (!error)
        error = map_ranges(pid, &kinds[0], reason, size);
    return error ? error : map_ranges(pid, &kinds[1], reason, size);
}

/* What the tools have not written: one of them may have failed after the other. */
static int map_own_only(pid_t pid, const struct kind kinds[2], struct failure *failure)
{
    int error = is_written(pid, &kinds[0]) ? 0 : write_own_only(pid, &kinds[0], failure);

    if (error || is_written(pid, &kinds[1]))
        return error;
    error = write_file(pid, "setgroups", "deny"); /* else the kernel takes no group map from a plain user */
    if (error)
        return failure_of(failure, "sandbox", -error, "user namespace: setgroups");
    return write_own_only(pid, &kinds[1], failure);
}

static void fill_kinds(struct kind kinds[2], uid_t inside_uid, gid_t inside_gid)
{
    kinds[0] = (struct kind){"/etc/subuid", "uid_map", "newuidmap", geteuid(), inside_uid};
    kinds[1] = (struct kind){"/etc/subgid", "gid_map", "newgidmap", getegid(), inside_gid};
}

int idmap_check_ranges(char *reason, size_t size)
{
    struct kind kinds[2];
    int error;

    fill_kinds(kinds, 0, 0);
    error = check_ranges(&kinds[0], reason, size);
    return error ? error : check_ranges(&kinds[1], reason, size);
}

int idmap_write(pid_t pid, uid_t inside_uid, gid_t inside_gid, launch_note *note, void *arg, struct failure *failure)
{
    struct kind kinds[2];
    char reason[160] = "", detail[256];

    fill_kinds(kinds, inside_uid, inside_gid);
    if (map_all(pid, kinds, reason, sizeof reason) == 0)
        return 0;
    snprintf(detail, sizeof detail,
             "the user namespace has the caller's own ids only (%s): changing to others fails in it", reason);
    note("no-subid-range", detail, arg);
    return map_own_only(pid, kinds, failure);
}
