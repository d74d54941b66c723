#include <errno.h>
#include <linux/bpf.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "probe.h"

static long bpf(int command, union bpf_attr *attributes)
{
    return syscall(SYS_bpf, command, attributes, sizeof *attributes);
}

/* r0 = 0; exit: attached to sys_enter for the moment that this process still lives. */
static int try_bpf(void *unused)
{
    const struct bpf_insn program[] = {{.code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = BPF_REG_0},
                                       {.code = BPF_JMP | BPF_EXIT}};
    union bpf_attr load, attach;
    long fd;

    (void) unused;
    memset(&load, 0, sizeof load);
    load.prog_type = BPF_PROG_TYPE_RAW_TRACEPOINT;
    load.insns = (uintptr_t)program;
    load.insn_cnt = sizeof program / sizeof *program;
    load.license = (uintptr_t)"GPL";
    fd = bpf(BPF_PROG_LOAD, &load);
    if (fd < 0)
        return -errno;
    memset(&attach, 0, sizeof attach);
    attach.raw_tracepoint.name = (uintptr_t)"sys_enter";
    attach.raw_tracepoint.prog_fd = (uint32_t)fd;
    return bpf(BPF_RAW_TRACEPOINT_OPEN, &attach) < 0 ? -errno : 0;
}

static void probe_bpf(void)
{
    int error = probe_in_child(try_bpf, NULL);
    long disabled = probe_number("/proc/sys/kernel/unprivileged_bpf_disabled", -1);
    struct finding finding = {.feature = "ebpf", .works = false, .remedy = "run as root, or with CAP_BPF and "
                                                                           "CAP_PERFMON"};

    if (error == -EPERM && geteuid() != 0) {
        if (disabled > 0)
            finding_reason(&finding, "Operation not permitted: kernel.unprivileged_bpf_disabled is %ld", disabled);
        else
            finding_reason(&finding, "Operation not permitted: tracing programs need CAP_BPF and CAP_PERFMON");
        probe_print(&finding);
        return;
    }
    probe_outcome("ebpf", error,
                  error == -ENOSYS || error == -EINVAL || error == -ENOENT
                      ? "a kernel with CONFIG_BPF_SYSCALL and CONFIG_FTRACE_SYSCALLS"
                      : "run as root outside a container, without kernel lockdown");
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
