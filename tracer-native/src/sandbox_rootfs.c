/*
 * --rootfs DIR becomes the root, with the mounts that a container runtime makes in it. Nothing is written into DIR:
 * all that has to be created is created in file systems mounted over its directories, in this namespace only.
 */

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "sandbox.h"

static int need_directory(const char *rootfs, const char *name, struct failure *failure)
{
    struct stat status;

    if (lstat(name, &status) < 0)
        return failure_of(failure, "sandbox", errno, "root file system %s: its directory /%s to mount on", rootfs, name);
    if (!S_ISDIR(status.st_mode))
        return failure_of(failure, "sandbox", ENOTDIR, "root file system %s: /%s", rootfs, name);
    return 0;
}

/* A bind of the caller's file over a new empty one: mknod is refused in a user namespace. */
static int bind_file(const char *source, const char *target)
{
    int fd = open(target, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);

    if (fd < 0)
        return -errno;
    close(fd);
    return mount(source, target, NULL, MS_BIND, NULL) < 0 ? -errno : 0;
}

static int bind_devices(struct failure *failure)
{
    static const char *const names[] = {"null", "zero", "full", "random", "urandom", "tty"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char source[32], target[32];
        int error;

        snprintf(source, sizeof source, "/dev/%s", names[i]);
        snprintf(target, sizeof target, "dev/%s", names[i]);
        error = bind_file(source, target);
        if (error)
            return failure_of(failure, "sandbox", -error, "%s of the root file system", source);
    }
    return 0;
}

/* The caller's terminal is of another devpts: /dev/console lets ttyname() find it, as in an engine's container. */
static void bind_console(void)
{
    for (int fd = 0; fd <= 2; fd++) {
        char name[64];

        if (ttyname_r(fd, name, sizeof name) == 0 && bind_file(name, "dev/console") == 0)
            return;
    }
}

static int link_standard(struct failure *failure)
{
    static const char *const links[][2] = {
        {"/proc/self/fd", "dev/fd"},       {"/proc/self/fd/0", "dev/stdin"}, {"/proc/self/fd/1", "dev/stdout"},
        {"/proc/self/fd/2", "dev/stderr"}, {"/proc/kcore", "dev/core"},      {"pts/ptmx", "dev/ptmx"},
    };

    for (size_t i = 0; i < sizeof links / sizeof *links; i++)
        if (symlink(links[i][0], links[i][1]) < 0)
            return failure_of(failure, "sandbox", errno, "/%s of the root file system", links[i][1]);
    return 0;
}

/* Its own instance with the group tty; where that group is not mapped, without it; where uid 0 is not, the caller's. */
static int mount_pts(void)
{
    const unsigned long flags = MS_NOSUID | MS_NOEXEC;

    if (mount("devpts", "dev/pts", "devpts", flags, "newinstance,ptmxmode=0666,mode=0620,gid=5") == 0
        || mount("devpts", "dev/pts", "devpts", flags, "newinstance,ptmxmode=0666,mode=0620") == 0
        || mount("/dev/pts", "dev/pts", NULL, MS_BIND | MS_REC, NULL) == 0)
        return 0;
    return -errno;
}

static void mount_in_dev(const char *path, const char *type, const char *data, int channel)
{
    int error = mkdir(path, 0755) < 0 ? -errno : 0;

    if (!error && !type)
        error = mount_pts();
    else if (!error)
        error = mount(type, path, type, MS_NOSUID | MS_NODEV | MS_NOEXEC, data) < 0 ? -errno : 0;
    if (error)
        message_note(channel, "mount-skipped", "/%s: %s", path, strerror(-error));
}

static int mount_dev(int channel, struct failure *failure)
{
    mode_t mask;
    int error = 0;

    if (mount("tmpfs", "dev", "tmpfs", MS_NOSUID | MS_STRICTATIME, "mode=755,size=65536k") < 0)
        return failure_of(failure, "sandbox", errno, "/dev of the root file system");
    mask = umask(0);
    error = bind_devices(failure);
    if (!error) {
        bind_console();
        error = link_standard(failure);
    }
    umask(mask);
    if (error)
        return error;
    mount_in_dev("dev/pts", NULL, NULL, channel);
    mount_in_dev("dev/shm", "tmpfs", "mode=1777,size=65536k", channel);
    mount_in_dev("dev/mqueue", "mqueue", NULL, channel);
    return 0;
}

/* The caller's /sys, read-only: a new sysfs would need a network namespace of the same owner. */
static void mount_sys(int channel)
{
    int error = mount("/sys", "sys", NULL, MS_BIND | MS_REC, NULL) < 0 ? -errno : sandbox_read_only("sys");

    if (error)
        message_note(channel, "mount-skipped", "/sys: %s", strerror(-error));
}

static int mount_inside(const char *rootfs, int channel, struct failure *failure)
{
    int error = need_directory(rootfs, "proc", failure);

    if (!error)
        error = need_directory(rootfs, "dev", failure);
    if (error)
        return error;
    error = mount_dev(channel, failure);
    if (error)
        return error;
    mount_sys(channel);
    error = sandbox_mount_proc("proc");
    return error ? failure_of(failure, "sandbox", -error, "/proc of the root file system %s", rootfs) : 0;
}

/* The new root over the old one in the same place, then the old one away from above it: no directory is needed. */
static int change_root(const char *rootfs, struct failure *failure)
{
    bool pivots = syscall(SYS_pivot_root, ".", ".") == 0;

    if (!pivots && errno != EINVAL)
        return failure_of(failure, "sandbox", errno, "root file system %s: pivot_root", rootfs);
    /* EINVAL: the machine still runs in its initial ramfs, which cannot be moved away; then over it. */
    if (pivots ? umount2(".", MNT_DETACH) < 0 : mount(".", "/", NULL, MS_MOVE, NULL) < 0 || chroot(".") < 0)
        return failure_of(failure, "sandbox", errno, "root file system %s: in the place of the old root", rootfs);
    if (chdir("/") < 0)
        return failure_of(failure, "sandbox", errno, "root file system %s", rootfs);
    return 0;
}

int sandbox_enter_rootfs(const struct launch_options *options, int channel, struct failure *failure)
{
    const char *rootfs = options->rootfs;
    int error;

    if (mount(rootfs, rootfs, NULL, MS_BIND | MS_REC, NULL) < 0 || chdir(rootfs) < 0)
        return failure_of(failure, "sandbox", errno, "root file system %s", rootfs);
    error = options->read_only ? sandbox_read_only(".") : 0;
    if (error)
        return failure_of(failure, "sandbox", -error, "root file system %s: read-only", rootfs);
    error = mount_inside(rootfs, channel, failure);
    return error ? error : change_root(rootfs, failure);
}
