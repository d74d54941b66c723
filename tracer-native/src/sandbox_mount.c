#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <fcntl.h>
#include <unistd.h>

#include "sandbox.h"

/* Of <linux/mount.h>, which old C libraries do not let stand beside <sys/mount.h>. */
struct mount_attributes {
    uint64_t set;
    uint64_t clear;
    uint64_t propagation;
    uint64_t userns_fd;
};
enum { ATTRIBUTE_RDONLY = 1, RECURSIVE = 0x8000 };

static int change_attributes(const char *path, unsigned int flags, uint64_t set, uint64_t clear)
{
#ifdef SYS_mount_setattr
    struct mount_attributes attributes = {.set = set, .clear = clear};

    return syscall(SYS_mount_setattr, AT_FDCWD, path, flags, &attributes, sizeof attributes) < 0 ? -errno : 0;
#else
    (void) path, (void) flags, (void) set, (void) clear;
    return -ENOSYS;
#endif
}

/* A remount sets all flags anew, and in a user namespace may not lose those that the caller's mount has. */
static unsigned long kept_flags(unsigned long has)
{
    unsigned long flags = 0;

    flags |= has & ST_NOSUID ? MS_NOSUID : 0;
    flags |= has & ST_NODEV ? MS_NODEV : 0;
    flags |= has & ST_NOEXEC ? MS_NOEXEC : 0;
    flags |= has & ST_NODIRATIME ? MS_NODIRATIME : 0;
    if (has & ST_NOATIME)
        return flags | MS_NOATIME;
    return flags | (has & ST_RELATIME ? MS_RELATIME : MS_STRICTATIME);
}

static int remount(const char *path, bool read_only)
{
    struct statvfs status;
    unsigned long flags = MS_REMOUNT | MS_BIND | (read_only ? MS_RDONLY : 0);

    if (statvfs(path, &status) < 0)
        return -errno;
    return mount(NULL, path, NULL, flags | kept_flags(status.f_flag), NULL) < 0 ? -errno : 0;
}

/* The kernel writes space, tab, newline and backslash in mountinfo as \ooo. */
static void unescape(char *text)
{
    char *out = text;

    for (const char *in = text; *in; out++)
        if (in[0] == '\\' && in[1] && in[2] && in[3]) {
            *out = (char)((in[1] - '0') << 6 | (in[2] - '0') << 3 | (in[3] - '0'));
            in += 4;
        } else {
            *out = *in++;
        }
    *out = 0;
}

static bool is_below(const char *path, const char *top)
{
    size_t length = strcmp(top, "/") == 0 ? 0 : strlen(top);

    return strncmp(path, top, length) == 0 && (path[length] == '/' || path[length] == 0);
}

/* One after the other, for kernels before 5.12. What lies under another mount cannot be reached, nor need it be. */
static int remount_each_below(const char *top)
{
    FILE *list = fopen("/proc/self/mountinfo", "re");
    char *line = NULL;
    size_t size = 0;
    int error = list ? 0 : -errno;

    while (!error && getline(&line, &size, list) > 0) {
        char *point;

        if (sscanf(line, "%*d %*d %*s %*s %ms", &point) != 1)
            continue;
        unescape(point);
        if (is_below(point, top))
            error = remount(point, true);
        if (error == -ENOENT || error == -EACCES || error == -EINVAL)
            error = strcmp(point, top) == 0 ? error : 0; /* hidden below another mount */
        free(point);
    }
    free(line);
    if (list)
        fclose(list);
    return error;
}

int sandbox_read_only(const char *path)
{
    char *real;
    int error = change_attributes(path, RECURSIVE, ATTRIBUTE_RDONLY, 0);

    if (error != -ENOSYS)
        return error;
    real = realpath(path, NULL);
    if (!real)
        return -errno;
    error = remount_each_below(real);
    free(real);
    return error;
}

static bool is_writable_mount(const char *path)
{
    struct statvfs status;
    struct stat here, parent;
    char above[256];

    snprintf(above, sizeof above, "%s/..", path);
    return stat(path, &here) == 0 && stat(above, &parent) == 0 && here.st_dev != parent.st_dev
        && statvfs(path, &status) == 0 && !(status.f_flag & ST_RDONLY);
}

/* /dev/shm stays as it was: in a read-only container too, POSIX shared memory works. */
static int make_callers_root_read_only(void)
{
    bool shm = is_writable_mount("/dev/shm");
    int error = sandbox_read_only("/");

    return !error && shm ? remount("/dev/shm", false) : error;
}

int sandbox_mount_proc(const char *path)
{
    return mount("proc", path, "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL) < 0 ? -errno : 0;
}

static int mount_over_callers(const struct launch_options *options, struct failure *failure)
{
    int error = options->read_only ? make_callers_root_read_only() : 0;

    if (error)
        return failure_of(failure, "sandbox", -error, "read-only root file system");
    error = sandbox_mount_proc("/proc");
    if (error == -EPERM)
        return failure_of(failure, "sandbox", EPERM,
                          "/proc: the kernel refuses a new proc here (parts of the present one are masked?)");
    return error ? failure_of(failure, "sandbox", -error, "/proc") : 0;
}

static bool is_root_directory(const char *path)
{
    struct stat root, other;

    return stat("/", &root) == 0 && stat(path, &other) == 0 && root.st_dev == other.st_dev
        && root.st_ino == other.st_ino;
}

int sandbox_mounts(const struct launch_options *options, int channel, struct failure *failure)
{
    /* Slave: what is mounted in here never shows outside, and what the host unmounts is not held by a copy. */
    if (mount("none", "/", NULL, MS_REC | MS_SLAVE, NULL) < 0)
        return failure_of(failure, "sandbox", errno, "mount namespace: propagation of /");
    if (options->rootfs && !is_root_directory(options->rootfs))
        return sandbox_enter_rootfs(options, channel, failure);
    return mount_over_callers(options, failure);
}
