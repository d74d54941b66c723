/*
 * User notification: a filter that the workload gets before its first call has the kernel ask the tracer about each one
 * (SECCOMP_RET_USER_NOTIF), which has it made. Up to the execution of COMMAND the main process is a tracee, then nobody is:
 * who asks, what it runs and when it ends are looked up (notify_tasks.c).
 */
#ifndef PROFGEN_NOTIFY_H
#define PROFGEN_NOTIFY_H

#include <linux/filter.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

struct calls;
struct seccomp_data;
struct seccomp_notif;
struct seccomp_notif_resp;
struct task;
struct tracer;

struct notify {
    bool loaded;   /* the main process has our filter */
    bool deprived; /* and no_new_privs, which is our doing */
    bool hides_told, lost_told, limit_told;
};

enum { NOTIFY_PIDS = 1 << 22 }; /* more than any kernel's */

/* Shared with the guard, which goes by it when the tracer is no more. */
struct notify_shared {
    int listener;
    bool serves_on;   /* the first process is above the tracer and cannot be killed from here: the calls go on being made */
    bool has_asked;   /* a call was taken and not answered yet */
    uint64_t asked;
    uint64_t alive[NOTIFY_PIDS / 64]; /* a bit per process */
};

enum { NOTIFY_FILTER = 80 };

struct notify_filter {
    struct sock_fprog program; /* of the code */
    struct sock_filter code[NOTIFY_FILTER];
};

/* The counts of what it lets through are lower bounds from now on. */
void notify_filter(struct calls *calls, struct notify_filter *filter);

/* At a call that may install a handler, whose end is not asked about. */
void notify_heed_handler(struct tracer *tracer, const struct task *task, const struct seccomp_data *data);

/* Takes the next question, of which NULL is told if its maker was killed meanwhile. The answer is that it be made. */
const struct seccomp_notif *notify_take(int listener);
void notify_let_go(int listener, uint64_t id);

/* After the tracer's end, until it says that nothing is left. See guard_start(). */
bool notify_kill_all(const void *shared);

/* 0 or negative errno. */
int notify_open_tasks(struct notify_shared *shared);

/* The main process is the first one. 0 or negative errno. */
int notify_watch(struct tracer *tracer, struct task *leader);

/* Whose call it is, or NULL if that was killed meanwhile or cannot be seen. What has ended is forgotten before. */
struct task *notify_task(struct tracer *tracer, const struct seccomp_notif *asked);

/* After the call has been looked at. False: its process ends with it. */
bool notify_goes_on(struct tracer *tracer, struct task *task, const struct seccomp_notif *asked);

/* Processes that have ended, that are about to, and one. */
void notify_forget_ended(struct tracer *tracer);
void notify_forget_ending(struct tracer *tracer);
void notify_forget(struct tracer *tracer, pid_t pid);

/* Children of known processes that have not asked yet. */
void notify_find_children(struct tracer *tracer);

void notify_kill_tasks(const struct tracer *tracer);

/* The process that a thread belongs to, or negative errno. */
pid_t notify_group(pid_t tid);

#endif
