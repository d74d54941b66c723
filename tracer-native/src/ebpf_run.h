/* The tracer's side of the BPF programs: what they tell becomes first sights, what the maps hold the totals. */
#ifndef PROFGEN_EBPF_RUN_H
#define PROFGEN_EBPF_RUN_H

#include "ebpf.h"
#include "ebpf_ring.h"
#include "trace.h"

enum { EBPF_IMAGES = 1024 };

/* Executions, by their number: the latest of them. */
struct ebpf_image {
    uint32_t number;
    char argv0[EBPF_PATH];
};

struct ebpf_run {
    struct ebpf ebpf;
    bool opened;
    struct ebpf_ring ring;
    struct tracer *tracer;
    struct exe *exes[EBPF_SLOTS]; /* by slot; NULL: none of its calls is known yet */
    char *paths[EBPF_SLOTS];
    struct ebpf_image images[EBPF_IMAGES];
    int root;                     /* the main process's, to look up paths of processes that have gone; -1 */
    pid_t guard;
    int ended;                    /* a descriptor that is readable when the main process has ended */
};

/* What the journal knows a slot by. */
struct exe *ebpf_exe_of(struct ebpf_run *run, uint32_t slot, struct caller caller);

/* A tuple of a call that the slot has made. */
void ebpf_keep_tuple(struct ebpf_run *run, uint32_t slot, struct call *call, const uint64_t *values);

/* Of a capability's key; once for each. */
void ebpf_saw_capability(struct ebpf_run *run, const struct ebpf_event *event);
void ebpf_keep_capability(struct ebpf_run *run, struct call *call, uint32_t capability, bool granted);

/* A process that is known to run: its executable gets a slot. 0 or negative errno: it has ended. */
int ebpf_see_process(struct ebpf_run *run, pid_t pid, struct ebpf_task *task);

/* A thread that runs already; a process is counted by its leader. 0, or negative errno: -EEXIST if it is followed. */
int ebpf_follow_thread(struct ebpf_run *run, pid_t tid, const struct ebpf_task *task, bool leads);
/* All of a running process and, with_tree, of those below it or in the container whose first process it is. */
int ebpf_follow_running(struct ebpf_run *run, pid_t pid, bool with_tree);
/* In the end: the calls in which threads have waited all the while. */
void ebpf_count_waiting(struct ebpf_run *run);

/* What the programs have told since the last time. */
void ebpf_read_events(struct ebpf_run *run);
/* The path of an executed file whose process may have gone already. */
void ebpf_find_path(struct ebpf_run *run, const struct ebpf_exec *exec, char *path, size_t size);
/* At the end, and if an event was lost before: all that the maps hold, as counts. */
void ebpf_take_totals(struct ebpf_run *run);
/* The one of that number, not counted. */
struct call *ebpf_call_at(struct ebpf_run *run, uint32_t slot, abi_t abi, int32_t nr);
/* Calls so far. */
uint64_t ebpf_total(const struct ebpf_run *run);


/* Whether it is allowed, possible, and loses nothing; what is then open is what ebpf_start() goes on with. */
bool ebpf_works(void);

/* The back end, see backend.h. */
int ebpf_start(struct tracer *tracer);
int ebpf_attach(struct tracer *tracer, pid_t pid, bool with_tree, char *problem, size_t size);
int ebpf_follow(struct tracer *tracer);

#endif
