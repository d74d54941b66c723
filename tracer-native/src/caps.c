#include "caps.h"

#include <errno.h>
#include <linux/capability.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

static const char *const names[] = {
    "CHOWN",        "DAC_OVERRIDE",     "DAC_READ_SEARCH", "FOWNER",         "FSETID",           "KILL",
    "SETGID",       "SETUID",           "SETPCAP",         "LINUX_IMMUTABLE", "NET_BIND_SERVICE", "NET_BROADCAST",
    "NET_ADMIN",    "NET_RAW",          "IPC_LOCK",        "IPC_OWNER",      "SYS_MODULE",       "SYS_RAWIO",
    "SYS_CHROOT",   "SYS_PTRACE",       "SYS_PACCT",       "SYS_ADMIN",      "SYS_BOOT",         "SYS_NICE",
    "SYS_RESOURCE", "SYS_TIME",         "SYS_TTY_CONFIG",  "MKNOD",          "LEASE",            "AUDIT_WRITE",
    "AUDIT_CONTROL", "SETFCAP",         "MAC_OVERRIDE",    "MAC_ADMIN",      "SYSLOG",           "WAKE_ALARM",
    "BLOCK_SUSPEND", "AUDIT_READ",      "PERFMON",         "BPF",            "CHECKPOINT_RESTORE",
};

void caps_name(int number, char *name, size_t size)
{
    if (number >= 0 && (size_t)number < sizeof names / sizeof *names)
        snprintf(name, size, "CAP_%s", names[number]);
    else
        snprintf(name, size, "CAP_%d", number);
}

/* The kernel's own count, which may be above or below the table's: PR_CAPBSET_READ refuses the first unknown one. */
int caps_number_count(void)
{
    int count = 0;

    while (count < 64 && prctl(PR_CAPBSET_READ, count, 0, 0, 0) >= 0)
        count++;
    return count;
}

static uint64_t join(uint32_t low, uint32_t high)
{
    return (uint64_t)high << 32 | low;
}

int caps_get(struct caps *caps)
{
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct data[2] = {{0}};

    if (syscall(SYS_capget, &header, data) < 0)
        return -errno;
    caps->effective = join(data[0].effective, data[1].effective);
    caps->permitted = join(data[0].permitted, data[1].permitted);
    caps->inheritable = join(data[0].inheritable, data[1].inheritable);
    return 0;
}

int caps_set(const struct caps *caps)
{
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct data[2];

    for (int half = 0; half < 2; half++) {
        data[half].effective = (uint32_t)(caps->effective >> (32 * half));
        data[half].permitted = (uint32_t)(caps->permitted >> (32 * half));
        data[half].inheritable = (uint32_t)(caps->inheritable >> (32 * half));
    }
    return syscall(SYS_capset, &header, data) < 0 ? -errno : 0;
}

bool caps_has_effective(int number)
{
    struct caps caps;

    return caps_get(&caps) == 0 && (caps.effective >> number & 1);
}

uint64_t caps_bounding(void)
{
    uint64_t set = 0;

    for (int number = 0, count = caps_number_count(); number < count; number++)
        if (prctl(PR_CAPBSET_READ, number, 0, 0, 0) == 1)
            set |= UINT64_C(1) << number;
    return set;
}

int caps_bound(uint64_t mask)
{
    uint64_t drop = caps_bounding() & ~mask;

    for (int number = 0; number < 64; number++)
        if ((drop >> number & 1) && prctl(PR_CAPBSET_DROP, number, 0, 0, 0) < 0)
            return -errno;
    return 0;
}

uint64_t caps_ambient(void)
{
    uint64_t set = 0;

    for (int number = 0, count = caps_number_count(); number < count; number++)
        if (prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_IS_SET, number, 0, 0) == 1)
            set |= UINT64_C(1) << number;
    return set;
}

int caps_clear_ambient(void)
{
    if (prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0) < 0 && errno != EINVAL)
        return -errno;
    return 0;
}
