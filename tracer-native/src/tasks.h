/* The tracees: every thread of every process of the workload, by thread id. */
#ifndef PROFGEN_TASKS_H
#define PROFGEN_TASKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct exe;
struct call;

/* What a process runs, from one execve to the next; shared by threads and inherited by children. */
struct image {
    unsigned references;
    struct exe *exe;
    uint64_t device; /* that the executable lies on, 0: nobody has looked */
    char argv0[];
};

struct task {
    struct task *same_bucket;
    pid_t tid, tgid;
    struct image *image;
    struct call *call;       /* between the entry and the exit of a call, else NULL */
    uint64_t first_argument; /* of that call */
    int refusal;             /* the errno that the workload's filter answers to that call, else 0 */
    bool fresh;              /* has not stopped at a call yet: an exit without an entry is no loss */
    unsigned followers;      /* a leader's other threads */
    bool running;  /* was resumed to go on to the next call that a filter stops, not to its next one */
    bool filtered; /* our filter is loaded */
    bool settled;  /* and was when the task went on from its last stop: what it makes inherits the filter */
    bool kept_out; /* of our filter: it has one of its own, or cannot load ours */
    bool deprived; /* no_new_privs is our doing */
    bool leaving;            /* on its way out of a PID 1 */
    bool blind;    /* the rest of that call tells, inherits and changes no task's mask of processors */
    bool sees;     /* runs, and may be within a call that does */
    bool goes_everywhere; /* nobody has bound it */
    int bound_to;  /* the processor, while it is resumed there */
    /* By notification, which sees no execution succeed and no end. The first thread has what is known of the process. */
    bool cloning;     /* has asked for a thread or a process */
    bool executing;   /* has asked for an execution */
    bool unsure;      /* of a process: a thread of it has */
    bool ending;      /* of a process: it has asked for its end */
    unsigned leavers; /* of a process: followers that have asked for their ends */
    int end;          /* of a process: a descriptor that tells of it, or -1 */
    uint64_t started; /* of one without: when, as /proc has it */
};

enum { TASK_BUCKETS = 4096 };

struct tasks {
    struct task *buckets[TASK_BUCKETS];
    size_t count;          /* threads alive */
    size_t processes_now;  /* thread groups alive */
    uint64_t processes;    /* ever */
    uint64_t threads;      /* ever */
    size_t seeing;         /* threads that may be within a call that tells, inherits or changes a mask of processors */
};

struct task *tasks_find(const struct tasks *tasks, pid_t tid);
struct task *tasks_add(struct tasks *tasks, pid_t tid, pid_t tgid);
void tasks_set_sees(struct tasks *tasks, struct task *task, bool sees);
/* With a leader, whose end is reported last, its threads go that vanished unreported in an execve. */
void tasks_remove(struct tasks *tasks, struct task *task);

struct image *image_new(struct exe *exe, const char *argv0);
void task_set_image(struct task *task, struct image *image);

/* Calls visit for every task; it may remove that task and no other. */
void tasks_each(const struct tasks *tasks, void (*visit)(struct task *, void *), void *context);

#endif
