#ifndef PROFGEN_LAUNCH_H
#define PROFGEN_LAUNCH_H

/*
 * Starting the workload: on the host as it is, or in the built-in container ("sandbox").
 *
 * The sandbox is a recording environment, not a security boundary: it gives a workload the process ids, the
 * capabilities and the file system that it would have in a container, so that it makes the same system calls.
 * It masks no path, limits no resource and installs no filter.
 */

#include <linux/filter.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/resource.h>
#include <sys/types.h>

struct launch_options {
    char *const *argv;
    bool sandbox;
    bool pid1;
    pid_t join;               /* with sandbox: in the namespaces of this process, 0: in new ones */
    bool entry;               /* in front of a container's own command: no shell's ways, and with pid1 the caller becomes it */
    bool untraced;            /* nothing but the death of the tracer tells the workload to end with it */
    bool apart;               /* out of the terminal's reach: its keys are profgen's, which ends the run */
    bool relayed;             /* an engine's client: out of the terminal's reach, and it ends with the caller */
    bool read_only;
    bool no_new_privileges;
    bool network_none;
    bool has_bounding;
    uint64_t bounding;
    bool has_user;
    uid_t uid;
    gid_t gid;
    size_t ngroups;
    const gid_t *groups;
    const char *workdir;
    const char *rootfs;
    const char *hostname;
    char *const *env_changes; /* "A=b" sets, "A" unsets; ends with NULL; may itself be NULL */
    uint64_t sigmask;         /* as SigBlk of /proc/PID/status: bit n-1 is signal n */
    bool has_sigignore;       /* without it: what the tracer itself ignores, less 32 and 33 */
    uint64_t sigignore;
    bool has_nofile;
    rlim_t nofile_soft;
    const struct sock_fprog *filter; /* NULL: none of the workload's own */
};

/* What went wrong: stage "exec" (COMMAND itself) or "sandbox" (all before it). */
struct failure {
    const char *stage;
    int error;
    char message[256];
};

struct launched {
    pid_t main_pid;  /* in the caller's pid namespace */
    pid_t init_pid;  /* 0 without a sandbox or with pid1 */
    int go_fd;       /* -1 once used */
    int report_fd;   /* -1 once closed */
    int status_fd;   /* with an init_pid: the wait status of the main process, an int, once it has ended */
    int tty_fd;      /* the terminal whose foreground process group launch_end() puts back, or -1 */
    pid_t tty_group;
};

typedef void launch_note(const char *kind, const char *detail, void *arg);

/*
 * Starts the workload's process up to a point where it waits for launch_go(); it is then to be seized.
 * Call it before changing signal dispositions that the workload shall not inherit.
 * 0 or a negative errno with *failure filled; on failure nothing is left behind.
 * With entry and pid1 it returns in a child that no wait() of the caller's finds: the calling process is the workload's.
 */
int launch_prepare(const struct launch_options *options, struct launched *launched, struct failure *failure,
                   launch_note *note, void *arg);

/*
 * The same options with what this process ignores for the workload to ignore, if they do not say: to be read before the
 * caller changes its own dispositions.
 */
struct launch_options launch_inheriting_signals(const struct launch_options *options);

/* Lets the workload go on to its execve. */
int launch_go(struct launched *launched);

/*
 * After the main process ended: 1 and *why filled when it ended because set-up or execve failed, 0 when it had
 * executed, a negative errno.
 */
int launch_failed(struct launched *launched, struct failure *why);

/*
 * Ends what is left: closes the descriptors (a workload that still waits for launch_go() then exits), kills init
 * and with it the pid namespace, and reaps init and every tracee that dies on the way.
 */
void launch_end(struct launched *launched);

/* `profgen-tracer probe`: what this machine can do, as JSON Lines on stdout; the exit status. */
int probe_main(void);

#endif
