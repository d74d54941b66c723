/*
 * Makes each call for which the kernel wants a capability, as a user who has none, so that nothing comes of it; prints name and errno of
 * each, a line each. It ends with 2 where it has a capability after all.
 */
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/capability.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/timex.h>
#include <sys/uio.h>
#include <unistd.h>

#define TRY(name, ...) tell(#name, syscall(SYS_##name, ##__VA_ARGS__))

enum { NOBODY = 65534 };

static void tell(const char *name, long result) {
    printf("%s %d\n", name, result < 0 ? errno : 0);
    fflush(stdout);
}

static int drop_all(void) {
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct sets[2];
    if (setgroups(0, NULL) || setresgid(NOBODY, NOBODY, NOBODY) || setresuid(NOBODY, NOBODY, NOBODY))
        return -1;
    memset(sets, 0, sizeof sets);
    if (syscall(SYS_capget, &header, sets))
        return -1;
    return sets[0].effective || sets[1].effective || sets[0].permitted || sets[1].permitted ? -1 : 0;
}

static void files(const char *file) {
    int fd = open(file, O_RDONLY);
    struct {
        struct file_handle handle;
        unsigned char bytes[8];
    } handle = {.handle = {.handle_bytes = 8, .handle_type = 1}};

    TRY(acct, NULL);
    TRY(chroot, "/");
    TRY(fanotify_init, 4 /* FAN_CLASS_CONTENT */, 0);
    TRY(fchown, fd, 1, 1);
    TRY(fchownat, AT_FDCWD, file, 1, 1, 0);
    TRY(fsmount, -1, 0, 0);
    TRY(fsopen, "tmpfs", 0);
    TRY(mknodat, AT_FDCWD, "/tmp/profgen-unprivileged", S_IFCHR | 0600, makedev(1, 3));
    TRY(mount, "none", "/tmp", "tmpfs", 0, NULL);
    TRY(move_mount, AT_FDCWD, "/", AT_FDCWD, "/", 0);
    TRY(open_by_handle_at, AT_FDCWD, &handle, O_RDONLY);
    TRY(pivot_root, "/", "/");
    TRY(swapoff, "/");
    TRY(swapon, "/", 0);
    TRY(umount2, "/", 0);
    TRY(vhangup);
#ifdef SYS_chown
    TRY(chown, file, 1, 1);
    TRY(lchown, file, 1, 1);
    TRY(mknod, "/tmp/profgen-unprivileged", S_IFCHR | 0600, makedev(1, 3));
#endif
}

static void users(void) {
    gid_t group = 0;
    TRY(setgid, 0);
    TRY(setgroups, 1, &group);
    TRY(setregid, 0, 0);
    TRY(setresgid, 0, 0, 0);
    TRY(setresuid, 0, 0, 0);
    TRY(setreuid, 0, 0);
    TRY(setuid, 0);
}

static void processes(pid_t root_process) {
    char byte;
    struct iovec mine = {.iov_base = &byte, .iov_len = 1}, theirs = {.iov_base = &byte, .iov_len = 1};
    struct sched_param ordinary = {.sched_priority = 0}, first = {.sched_priority = 1};
    struct {
        uint32_t size, policy;
        uint64_t flags;
        int32_t nice;
        uint32_t priority;
        uint64_t deadline[3];
    } attributes = {.size = 48, .policy = SCHED_FIFO, .priority = 1};
    struct rlimit none = {0, 0};
    unsigned char info[128] = {0};
    unsigned long all = 1, first_node[2] = {1, 0}, a_far_node[2] = {1UL << 62, 0};
    int uts = open("/proc/self/ns/uts", O_RDONLY), code = -1;

    memcpy(info + 8, &code, sizeof code); /* si_code: SI_QUEUE */
    setrlimit(RLIMIT_RTPRIO, &none);
    TRY(kill, root_process, 0);
    TRY(tkill, root_process, 0);
    TRY(tgkill, root_process, root_process, 0);
    TRY(rt_sigqueueinfo, root_process, 0, info);
    TRY(migrate_pages, 0, 64, first_node, a_far_node);
    TRY(process_vm_readv, root_process, &mine, 1, &theirs, 1, 0);
    TRY(process_vm_writev, root_process, &mine, 1, &theirs, 1, 0);
    TRY(ptrace, 16 /* PTRACE_ATTACH */, root_process, 0, 0);
    TRY(sched_setaffinity, root_process, sizeof all, &all);
    TRY(sched_setattr, 0, &attributes, 0);
    TRY(sched_setparam, root_process, &ordinary);
    TRY(sched_setscheduler, 0, SCHED_FIFO, &first);
    TRY(setpriority, PRIO_PROCESS, root_process, 0);
    TRY(setns, uts, CLONE_NEWUTS);
    TRY(unshare, CLONE_NEWUTS);
}

static void machine(void) {
    struct timex change = {.modes = ADJ_FREQUENCY};
    struct timespec now = {.tv_sec = 1};
    struct timeval then = {.tv_sec = 1};

    TRY(adjtimex, &change);
    TRY(clock_adjtime, 0, &change);
    TRY(clock_settime, 0, &now);
    TRY(delete_module, "profgen-none", 0);
    TRY(finit_module, -1, "", 0);
    TRY(init_module, NULL, 0, "");
    TRY(kexec_file_load, -1, -1, 0, NULL, 0);
    TRY(kexec_load, 0, 0, NULL, 0);
    TRY(reboot, 0, 0, 0, NULL);
    TRY(setdomainname, "", 0);
    TRY(sethostname, "", 0);
    TRY(settimeofday, &then, NULL);
    TRY(syslog, 5 /* SYSLOG_ACTION_CLEAR */, NULL, 0);
#ifdef SYS_iopl
    TRY(ioperm, 0, 1, 1);
    TRY(iopl, 3);
#endif
}

static void limits(void) {
    struct rlimit none = {0, 0};
    setrlimit(RLIMIT_MEMLOCK, &none);
    TRY(mlock, &none, 1);
    TRY(mlockall, 1 /* MCL_CURRENT */);
#ifdef SYS_setrlimit
    struct rlimit more = {4096, 4096};
    TRY(setrlimit, RLIMIT_MEMLOCK, &more);
#endif
}

int main(void) {
    if (drop_all()) {
        fputs("unprivileged: has capabilities\n", stderr);
        return 2;
    }
    files("/etc/passwd");
    users();
    processes(getppid());
    machine();
    limits();
    return 0;
}
