/* Everything that the kernel must give for the back end, in the order in which it is needed. */
#include <errno.h>
#include <linux/seccomp.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "arguments.h"
#include "ebpf.h"

/* The number that the kernel gives the pid namespace that it begins with. */
static const ino_t first_pid_namespace = 0xEFFFFFFC;

/* What a call's row in the table of watched ones is to the programs. */
static struct ebpf_watch watch_of(const struct watched *watched)
{
    struct ebpf_watch watch = {.kind = EBPF_PLAIN, .count = watched->count};
    memcpy(watch.index, watched->index, sizeof watch.index);
    switch (watched->role) {
    case ROLE_CLONE3: watch.kind = EBPF_CLONE3; watch.count = 1; break;
    case ROLE_SOCKETCALL: watch.kind = EBPF_SOCKETCALL; watch.count = 4; break;
    case ROLE_SIGRETURN: watch.kind = EBPF_SIGRETURN; break;
    case ROLE_SECCOMP: watch.notes = 1; watch.most = SECCOMP_SET_MODE_FILTER; break;
    case ROLE_PRCTL: watch.notes = 1; watch.least = watch.most = PR_SET_SECCOMP; break;
    case ROLE_IO_URING_SETUP: watch.notes = 1; watch.most = UINT32_MAX; break;
    case ROLE_NONE:
    case ROLE_CLONE: break;
    }
    return watch;
}

void ebpf_watch(struct ebpf *ebpf)
{
    for (uint32_t abi = 0; abi < ABI_COUNT; abi++)
        for (size_t i = 0; i < watched_tables[abi].count; i++) {
            const struct watched *row = &watched_tables[abi].rows[i];
            if ((uint32_t)row->nr < EBPF_WATCHED) ebpf->watched[abi * EBPF_WATCHED + (uint32_t)row->nr] = watch_of(row);
        }
}

/* Tasks are known by the ids that the kernel itself uses. */
static int check_namespace(struct ebpf *ebpf)
{
    struct stat file;
    if (stat("/proc/self/ns/pid", &file) == 0 && file.st_ino == first_pid_namespace) return 0;
    snprintf(ebpf->problem, sizeof ebpf->problem, "it follows processes from outside of containers only: run profgen on the host");
    return -EPERM;
}

/* The start of a workload takes descriptors too: where there are none left, this back end is not the one to take. */
static int check_descriptors(struct ebpf *ebpf)
{
    int spare[8], error = 0;
    size_t count = 0;
    while (!error && count < sizeof spare / sizeof *spare) {
        spare[count] = dup(ebpf->held[0]);
        if (spare[count] < 0) error = -errno;
        else count++;
    }
    while (count > 0) close(spare[--count]);
    if (error) snprintf(ebpf->problem, sizeof ebpf->problem, "too few file descriptors are left: %s", strerror(-error));
    return error;
}

static int open_all(struct ebpf *ebpf)
{
    int error = ebpf_open_maps(ebpf);
    if (error) return error;
    ebpf_watch(ebpf);
    error = ebpf_attach_programs(ebpf);
    if (!error && ebpf_sees_capabilities(ebpf)) ebpf_learn_memory_check(ebpf);
    return error ? error : check_descriptors(ebpf);
}

int ebpf_open(struct ebpf *ebpf)
{
    /* Kernels before 5.11 count maps and programs as locked memory, of which a process may have little. */
    const struct rlimit any = {RLIM_INFINITY, RLIM_INFINITY};
    struct rlimit before;
    int error = check_namespace(ebpf);
    if (!error) error = ebpf_find_layout(&ebpf->layout, ebpf->problem, sizeof ebpf->problem);
    if (error) return error;
    bool raised = getrlimit(RLIMIT_MEMLOCK, &before) == 0 && setrlimit(RLIMIT_MEMLOCK, &any) == 0;
    error = open_all(ebpf);
    if (raised) setrlimit(RLIMIT_MEMLOCK, &before);
    if (error < 0) ebpf_close(ebpf);
    return error;
}

/* The programs of every tracepoint run for all processes of the machine as long as somebody has their descriptors. */
void ebpf_close(struct ebpf *ebpf)
{
    if (ebpf->state) munmap(ebpf->state, sizeof *ebpf->state);
    if (ebpf->tasks) munmap(ebpf->tasks, (size_t)(EBPF_PLACES + EBPF_SPARE_PLACES) * sizeof *ebpf->tasks);
    if (ebpf->calls) munmap(ebpf->calls, (size_t)EBPF_OWN_SLOTS * EBPF_NUMBERS * sizeof *ebpf->calls);
    if (ebpf->watched) munmap(ebpf->watched, (size_t)ABI_COUNT * EBPF_WATCHED * sizeof *ebpf->watched);
    ebpf->state = NULL;
    ebpf->tasks = NULL;
    ebpf->calls = NULL;
    ebpf->watched = NULL;
    while (ebpf->nheld > 0) close(ebpf->held[--ebpf->nheld]);
    ebpf->nprograms = 0;
}
