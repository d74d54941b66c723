/* What the tests of the container need to do or see inside a root file system without a shell. */

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <net/if.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

/* act show FILE... */
static int show(char **files)
{
    for (; *files; files++) {
        char bytes[4096];
        ssize_t got = -1;
        int fd = open(*files, O_RDONLY | O_CLOEXEC);

        while (fd >= 0 && (got = read(fd, bytes, sizeof bytes)) > 0)
            if (write(1, bytes, (size_t)got) != got) return 1;
        if (fd < 0 || got < 0) {
            perror(*files);
            return 1;
        }
        close(fd);
    }
    return 0;
}

/* act create FILE... : each by itself, "FILE: ok" or the error */
static int create(char **files)
{
    for (; *files; files++) {
        int fd = open(*files, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);

        printf("%s: %s\n", *files, fd < 0 ? strerror(errno) : "ok");
        if (fd >= 0) close(fd);
        if (fd >= 0 && strncmp(*files, "/dev/null", 9)) unlink(*files);
    }
    return 0;
}

/* act interfaces: names with "up" or "down" */
static int interfaces(void)
{
    struct if_nameindex *list = if_nameindex();

    for (struct if_nameindex *i = list; i && i->if_index; i++) {
        struct sockaddr_in here = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
        int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

        here.sin_port = htons(9);
        printf("%s%s\n", i->if_name,
               strcmp(i->if_name, "lo") ? "" : connect(fd, (void *)&here, sizeof here) == 0 ? " up" : " down");
        close(fd);
    }
    if_freenameindex(list);
    return 0;
}

/* act limit: the soft limit of open files */
static int limit(void)
{
    struct rlimit files;

    getrlimit(RLIMIT_NOFILE, &files);
    printf("%llu\n", (unsigned long long)files.rlim_cur);
    return 0;
}

/* act ignoring 32,33 COMMAND... : by the call itself, since libc keeps 32 and 33 to itself */
static int ignoring(char **words)
{
    for (char *number = strtok(words[0], ","); number; number = strtok(NULL, ",")) {
        unsigned long action[8] = {1};

        if (syscall(SYS_rt_sigaction, atoi(number), action, NULL, 8) < 0) return 99;
    }
    execvp(words[1], words + 1);
    return 98;
}

/* act without mount_setattr|pivot_root COMMAND... : a kernel that has not got the one, a root that refuses the other */
static int without(char **words)
{
    bool pivot = !strcmp(words[0], "pivot_root");
    struct sock_filter filter[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, pivot ? SYS_pivot_root : 442, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | (pivot ? EINVAL : ENOSYS)),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = {.len = sizeof filter / sizeof *filter, .filter = filter};

    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program)) return 99;
    execvp(words[1], words + 1);
    return 98;
}

/* Input to output with read and write alone, which is what strict mode leaves. */
static int copy(void)
{
    char bytes[4096];
    ssize_t got;

    while ((got = read(0, bytes, sizeof bytes)) > 0)
        if (write(1, bytes, (size_t)got) != got) break;
    syscall(SYS_exit, 0);
    return 1;
}

/* act strict: copies under seccomp's mode 1 */
static int strict(void)
{
    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_STRICT) ? 99 : copy();
}

/* act errno NUMBER... : what the kernel answers to these calls with arguments that none of them takes; then copies */
static int answers(char **numbers)
{
    for (; *numbers; numbers++) {
        long result = syscall(atoi(*numbers), -1L, -1L, -1L, -1L, -1L, -1L);

        printf("%s %d\n", *numbers, result < 0 ? errno : 0);
    }
    fflush(stdout);
    return copy();
}

static volatile sig_atomic_t filtered;

static int pause_filtered(void *unused)
{
    char *words[] = {"pivot_root", "/no/such", NULL};

    (void)unused;
    without(words);
    filtered = 1;
    return pause();
}

/* act thread: copies, beside a thread that has a filter of its own */
static int thread(void)
{
    static char stack[65536] __attribute__((aligned(16)));
    int flags = CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD | CLONE_SYSVSEM;

    if (clone(pause_filtered, stack + sizeof stack, flags, NULL) < 0) return 99;
    while (!filtered) sched_yield();
    return copy();
}

static volatile sig_atomic_t counted;

static void count_one(int signal)
{
    (void)signal;
    counted++;
}

/* act counting: how many signals SIGRTMIN+1 came until the input ended */
static int counting(void)
{
    struct sigaction action = {.sa_handler = count_one, .sa_flags = SA_RESTART};
    char byte;

    sigaction(SIGRTMIN + 1, &action, NULL);
    puts("ready");
    fflush(stdout);
    while (read(0, &byte, 1) > 0) continue;
    printf("%d\n", counted);
    return 0;
}

int main(int argc, char **argv)
{
    const char *verb = argc > 1 ? argv[1] : "";

    if (!strcmp(verb, "show")) return show(argv + 2);
    if (!strcmp(verb, "create")) return create(argv + 2);
    if (!strcmp(verb, "interfaces")) return interfaces();
    if (!strcmp(verb, "limit")) return limit();
    if (!strcmp(verb, "ignoring") && argc > 3) return ignoring(argv + 2);
    if (!strcmp(verb, "without") && argc > 3) return without(argv + 2);
    if (!strcmp(verb, "copy")) return copy();
    if (!strcmp(verb, "errno")) return answers(argv + 2);
    if (!strcmp(verb, "strict")) return strict();
    if (!strcmp(verb, "thread")) return thread();
    if (!strcmp(verb, "counting")) return counting();
    fprintf(stderr, "act: %s: expected one of the verbs of act.c\n", verb);
    return 2;
}
