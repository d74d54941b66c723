/* What /proc tells about a task. */
#ifndef PROFGEN_PROCFS_H
#define PROFGEN_PROCFS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum { PROCFS_GROUPS = 1024 };

/* Ids as the tracer's own user namespace sees them. */
struct status {
    pid_t tgid, ppid;
    uid_t uid; /* effective */
    gid_t gid;
    size_t ngroups; /* at most PROCFS_GROUPS */
    gid_t groups[PROCFS_GROUPS];
    uint64_t inheritable, permitted, effective, bounding, ambient;
    bool no_new_privileges;
    unsigned seccomp, seccomp_filters; /* kernels before 5.9 do not count filters: 0 */
    uint64_t ignored_signals, caught_signals;
    bool namespace_init; /* PID 1 of its pid namespace, this one or a nested one */
};

/* 0 or negative errno. */
int procfs_status(pid_t tid, struct status *status);

/* The processors that the caller may run on, also those that are switched off. 0 or negative errno. */
int procfs_processors(char *text, size_t size);

/* Whether the task is a zombie, or gone. */
bool procfs_has_ended(pid_t tid);

/* Whether the process is on its way out, or gone. */
bool procfs_is_exiting(pid_t pid);

bool procfs_is_kernel_thread(pid_t tid);

/* When the process began, in ticks since boot. 0 or negative errno. */
int procfs_start(pid_t pid, uint64_t *ticks);

/* Calls visit for each child that the thread has made and that has not been waited for, if this kernel tells. */
void procfs_each_child(pid_t tgid, pid_t tid, void (*visit)(pid_t child, void *context), void *context);

/* How many threads the process has, or negative errno. */
long procfs_threads(pid_t pid);

/* The path of the executable, "[comm]" when it may not be read. 0, or -ESRCH for a task that has been killed. */
int procfs_exe(pid_t tid, char *path, size_t size);

/* argv[0], empty for a task without a command line. */
void procfs_argv0(pid_t tid, char *argv0, size_t size);

/* All of argv, each word with its NUL; the length, 0 if it cannot be read. */
size_t procfs_command_line(pid_t pid, char *text, size_t size);

/* Its current folder and its short name, empty if they cannot be read. */
void procfs_cwd(pid_t pid, char *path, size_t size);
void procfs_comm(pid_t pid, char *name, size_t size);

/* The process above, and the one that traces the task: 0 if there is none, negative if the task is no more. */
pid_t procfs_parent(pid_t pid);
pid_t procfs_tracer(pid_t tid);

/* Whether the task is in another user namespace than the initial one, or than the tracer's. */
bool procfs_in_user_namespace(pid_t tid);
bool procfs_in_our_user_namespace(pid_t tid);

/* Whether the process has the tracer's own view of the file system: else it is in a container of some kind. */
bool procfs_in_our_mount_namespace(pid_t pid);

/* The id inside the task's user namespace; map is "uid_map" or "gid_map". The id itself if the map has none for it. */
uint32_t procfs_inside_id(pid_t tid, const char *map, uint32_t outside);

#endif
