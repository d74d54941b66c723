/* What around this process hinders recording: no try, but what the machine says of itself. */

#include <linux/capability.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "caps.h"
#include "probe.h"
#include "sandbox.h"

static bool control_group_of_a_container(char *line, size_t size)
{
    static const char *const words[] = {"docker", "kubepods", "containerd", "libpod", "lxc", "crio"};
    FILE *file = fopen("/proc/self/cgroup", "re");
    bool found = false;

    while (file && !found && fgets(line, (int)size, file))
        for (size_t i = 0; i < sizeof words / sizeof *words; i++)
            found = found || strstr(line, words[i]);
    line[found ? strcspn(line, "\n") : 0] = 0;
    if (file)
        fclose(file);
    return found;
}

static void probe_container(void)
{
    static const char *const marks[] = {"/.dockerenv", "/run/.containerenv"};
    struct finding finding = {.feature = "outside-container", .works = true};
    char line[256];

    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (access(marks[i], F_OK) == 0) {
            finding.works = false;
            finding_reason(&finding, "inside a container: there is %s", marks[i]);
        }
    if (finding.works && control_group_of_a_container(line, sizeof line)) {
        finding.works = false;
        finding_reason(&finding, "inside a container: control group %s", line);
    }
    finding.remedy = finding.works ? "" : "if the sandbox does not work: record with --engine host, or outside";
    probe_print(&finding);
}

static void probe_yama(void)
{
    long scope = probe_number("/proc/sys/kernel/yama/ptrace_scope", -1);
    struct finding finding = {.feature = "yama-ptrace-scope", .remedy = ""};

    /* 1 asks that the traced process be a descendant: the workload is one. */
    finding.works = scope < 2 || (scope == 2 && caps_has_effective(CAP_SYS_PTRACE));
    if (scope < 0)
        finding_reason(&finding, "Yama is not active");
    else
        finding_reason(&finding, "kernel.yama.ptrace_scope is %ld", scope);
    if (!finding.works)
        finding.remedy = scope == 2 ? "run as root, or: sysctl kernel.yama.ptrace_scope=1"
                                    : "set kernel.yama.ptrace_scope to 1 in /etc/sysctl.d and restart the machine";
    probe_print(&finding);
}

static void probe_apparmor(void)
{
    long restricted = probe_number("/proc/sys/kernel/apparmor_restrict_unprivileged_userns", 0);
    struct finding finding = {.feature = "apparmor-user-namespaces", .remedy = ""};

    finding.works = restricted == 0 || !sandbox_needs_user_namespace();
    finding_reason(&finding, restricted ? "kernel.apparmor_restrict_unprivileged_userns is %ld" : "not restricted",
                   restricted);
    if (!finding.works)
        finding.remedy = "run as root, or: sysctl kernel.apparmor_restrict_unprivileged_userns=0";
    probe_print(&finding);
}

static void probe_seccomp_mode(void)
{
    char mode[16] = "?", filters[16] = "?";
    struct finding finding = {.feature = "no-seccomp-filter", .remedy = ""};

    if (!probe_field("/proc/self/status", "Seccomp", mode, sizeof mode)) {
        finding.works = true;
        finding_reason(&finding, "the kernel has no seccomp");
    } else {
        probe_field("/proc/self/status", "Seccomp_filters", filters, sizeof filters);
        finding.works = strcmp(mode, "0") == 0;
        finding_reason(&finding, "Seccomp: %s, Seccomp_filters: %s", mode, filters);
    }
    if (!finding.works)
        finding.remedy = "a workload's calls that this filter denies are recorded as failed: run profgen without it "
                         "(docker run --security-opt seccomp=unconfined)";
    probe_print(&finding);
}

/* Docker's default for a container: without one of them the workload takes other paths than it would there. */
#define DOCKER_DEFAULT UINT64_C(0xa80425fb)

static void probe_capabilities(void)
{
    struct finding finding = {.feature = "capabilities", .works = true, .remedy = ""};
    struct caps caps = {0};
    uint64_t bounding = caps_bounding();

    caps_get(&caps);
    if (!sandbox_needs_user_namespace() && (bounding & DOCKER_DEFAULT) != DOCKER_DEFAULT) {
        finding.works = false;
        finding.remedy = "start profgen with Docker's 14 default capabilities in its bounding set";
    }
    finding_reason(&finding,
                   "effective %016llx, permitted %016llx, inheritable %016llx, bounding %016llx, ambient %016llx",
                   (unsigned long long)caps.effective, (unsigned long long)caps.permitted,
                   (unsigned long long)caps.inheritable, (unsigned long long)bounding,
                   (unsigned long long)caps_ambient());
    probe_print(&finding);
}

void probe_surroundings(void)
{
    probe_container();
    probe_yama();
    probe_apparmor();
    probe_seccomp_mode();
    probe_capabilities();
}
