#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "ebpf.h"
#include "probe.h"

enum { PROBLEM = 256 };

/* All that the back end opens, for the moment that this process still lives. */
static int try_bpf(void *problem)
{
    static struct ebpf ebpf;
    int error = ebpf_open(&ebpf);

    snprintf(problem, PROBLEM, "%s", ebpf.problem);
    return error;
}

static const char *bpf_remedy(int error)
{
    if (error == -EPERM || error == -EACCES)
        return geteuid() == 0 ? "run as root outside a container, without kernel lockdown"
                              : "run as root, or with CAP_BPF and CAP_PERFMON";
    return "Linux 5.12 or later with CONFIG_BPF_SYSCALL and CONFIG_FTRACE_SYSCALLS";
}

static void probe_bpf(void)
{
    char *problem = mmap(NULL, PROBLEM, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    int error = problem == MAP_FAILED ? -errno : probe_in_child(try_bpf, problem);
    long disabled = probe_number("/proc/sys/kernel/unprivileged_bpf_disabled", -1);
    struct finding finding = {.feature = "ebpf", .works = error == 0, .remedy = error ? bpf_remedy(error) : ""};

    if (error == -EPERM && geteuid() != 0 && disabled > 0)
        finding_reason(&finding, "Operation not permitted: kernel.unprivileged_bpf_disabled is %ld", disabled);
    else if (error)
        finding_reason(&finding, "%s", problem != MAP_FAILED && *problem ? problem : strerror(-error));
    probe_print(&finding);
    if (problem != MAP_FAILED)
        munmap(problem, PROBLEM);
}

static void probe_tracefs(void)
{
    static const char *const files[] = {"/sys/kernel/tracing/events/raw_syscalls/sys_enter/id",
                                        "/sys/kernel/debug/tracing/events/raw_syscalls/sys_enter/id"};
    struct finding finding = {.feature = "tracefs-raw-syscalls", .remedy = ""};
    int error = 0;

    for (size_t i = 0; i < sizeof files / sizeof *files && !finding.works; i++) {
        finding.works = access(files[i], R_OK) == 0;
        if (!finding.works && error != EACCES)
            error = errno;
    }
    if (!finding.works) {
        finding_reason(&finding, "%s", error == EACCES ? "not readable for this user" : "tracefs is not mounted");
        finding.remedy = error == EACCES ? "run as root" : "as root: mount -t tracefs tracefs /sys/kernel/tracing";
    }
    probe_print(&finding);
}

void probe_tracing(void)
{
    probe_bpf();
    probe_tracefs();
}
