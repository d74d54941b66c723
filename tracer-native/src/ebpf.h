/*
 * The back end without a tracee: BPF programs at the kernel's tracepoints mark in maps what was called. Nothing is streamed that
 * is needed in the end: events only tell early, and who was first.
 */
#ifndef PROFGEN_EBPF_H
#define PROFGEN_EBPF_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "bpf.h"

enum {
    EBPF_SLOTS = 512,    /* executables that are told apart; slot 0 is all others */
    EBPF_OWN_SLOTS = 64,  /* the first ones have the counters of their calls in an array, the others in a hash */
    EBPF_NUMBERS = 512,  /* calls of the native ABI with a place of their own; the rest is in a hash */
    EBPF_WATCHED = 1024, /* calls of each ABI that something can be looked at of */
    EBPF_PLACES = 32768, /* of threads */
    EBPF_SPARE_PLACES = 32768,
    EBPF_RING = 1 << 18,
    EBPF_PATH = 184,
    EBPF_FRAMES = 12,
    EBPF_LOG = 65536
};

/* The place of one thread, by its id in the initial pid namespace. */
struct ebpf_task {
    uint32_t slot;
    uint32_t image; /* counts executions; inherited */
    uint32_t flags;
    int32_t nr;     /* of the call that it is in */
    uint32_t abi;
    uint32_t tid;   /* 0: nobody's place */
    uint64_t registers; /* where the kernel has them in calls; 0: not known yet */
};

enum {
    EBPF_IN_CALL = 1,
    EBPF_FRESH = 2,
    EBPF_EXECUTED = 4,
    EBPF_EXIT_SEEN = 8,
    EBPF_WAITING = 16, /* nothing of it was seen yet */
    EBPF_IS_PLAIN = 32 /* the call is of the native ABI, and nothing is looked at of it */
};

struct ebpf_call {
    uint64_t count;
    uint32_t flags; /* 1 << phase for each in which it was seen, and: */
    uint32_t tuples;
};

/* Of a capability in place of an error: it was there. */
enum { EBPF_GRANTED = 1 << 30 };

enum { EBPF_MANY = 1 << 8, EBPF_UNREADABLE = 1 << 9 };

enum ebpf_type {
    EBPF_CALL = 1, /* first in its phase */
    EBPF_TUPLE,
    EBPF_TOO_MANY,
    EBPF_UNREAD,
    EBPF_ERRNO,
    EBPF_DONE, /* a call whose success is worth a remark */
    EBPF_READY,
    EBPF_SIGNAL,
    EBPF_EXEC,
    EBPF_ARGV0, /* of that execution, at the exit of its execve */
    EBPF_CAPABILITY,
    EBPF_LEFT, /* a process that ended after PID 1, which so took it along; of PID 1 itself: a thread of it, so those before were not */
    EBPF_LAST  /* no thread is left */
};

/* An event. What comes before `type` is also the key of the maps: of calls (16 bytes), of errnos (16), of tuples (48). */
struct ebpf_event {
    uint32_t slot, abi;
    int32_t nr;
    uint32_t error;
    uint64_t values[4];
    uint32_t type, phase;
    uint32_t pid, image;
    uint64_t ns; /* CLOCK_MONOTONIC */
};

struct ebpf_exec {
    struct ebpf_event event; /* values: inode, device (0: not known), and the generation of that inode */
    char path[EBPF_PATH];
    uint64_t salt; /* makes a relative path one of its own */
};

/* What is looked at of a call. */
struct ebpf_watch {
    uint8_t kind, count, index[3], notes, unused[2];
    uint32_t least, most; /* a success whose first argument is among them is told, with notes */
};

enum { EBPF_PLAIN = 1, EBPF_CLONE3, EBPF_SOCKETCALL, EBPF_SIGRETURN };

/* One for all, shared with the programs. */
struct ebpf_state {
    uint32_t phase;
    uint32_t slots, images; /* given out */
    uint32_t live;          /* threads */
    int32_t ready_call;
    uint32_t main_pid, stop_signal;
    uint32_t leaders; /* processes that live */
    int32_t main_status; /* as wait(2) gives it */
    uint32_t spare;      /* threads at spare places */
    uint64_t namespace_device, namespace; /* a pid namespace of which all that is executed is followed; 0: none */
    uint32_t pid1, main_gone; /* whether the main process's end kills the rest, and whether it has come to it */
    uint32_t probing;  /* the thread whose stacks go into frames */
    uint32_t next_spare;
    uint64_t over;        /* the run has ended as it should: the guard has nobody to kill */
    uint64_t other_calls; /* those that are in no array */
    uint64_t memory_check; /* the return address of where a growth of memory asks for CAP_SYS_ADMIN, 0: not known */
    uint64_t frames[EBPF_FRAMES];
    uint64_t processes, threads;
    uint64_t lost_events;
    uint64_t lost_results; /* calls of which neither entry nor exit could be told */
    uint64_t lost_threads, lost_calls, lost_errnos, lost_tuples; /* no room in a map */
};

enum ebpf_map {
    MAP_STATE, MAP_TASKS, MAP_SPARE, MAP_CALLS, MAP_OTHER_CALLS, MAP_ERRNOS, MAP_TUPLES, MAP_EXECUTABLES, MAP_WATCHED,
    MAP_CAPABILITIES, MAP_EVENTS, MAP_COUNT
};

/* Where the kernel keeps what the programs read. */
struct ebpf_layout {
    bool typed; /* from BTF, and the programs read by themselves; else by helpers, from what tracefs says of tracepoints */
    int32_t task_pid, task_status, bprm_file, bprm_interp, file_inode, inode_ino, inode_generation, inode_sb, sb_dev, task_cred, task_exit_code;
    uint32_t type_enter, type_exit, type_newtask, type_exec, type_end, type_signal, type_capable;
    bool capable_is_function; /* no tracepoint: the exit of the kernel's function */
    int newtask_id, newtask_pid, newtask_flags, exec_id, exec_filename, exec_old_pid;
    bool preempted; /* a program at a call can be interrupted by a task that makes one: see ebpf_calls.c */
    bool loses;         /* so it is, and the events of calls cannot be had */
    bool only_stand_in; /* for tests: as if the first programs were always left out */
    uint32_t places;    /* EBPF_PLACES, for tests less */
    int enter_id, enter_number, enter_arguments, exit_id, exit_result;
};

/* 0, or negative errno with the reason in problem. */
int ebpf_find_layout(struct ebpf_layout *layout, char *problem, size_t size);
size_t ebpf_executable_key(const struct ebpf_layout *layout);

enum { EBPF_PROGRAMS = 12 };

struct ebpf {
    struct ebpf_layout layout;
    int maps[MAP_COUNT];
    struct ebpf_state *state; /* shared memory */
    struct ebpf_task *tasks;  /* the same: EBPF_PLACES + EBPF_SPARE_PLACES */
    struct ebpf_call *calls;  /* the same: EBPF_OWN_SLOTS * EBPF_NUMBERS */
    struct ebpf_watch *watched; /* the same: ABI_COUNT * EBPF_WATCHED */
    int programs[EBPF_PROGRAMS];
    size_t nprograms;
    int capable; /* the one that sees capabilities, which is not among them */
    int held[MAP_COUNT + 2 * EBPF_PROGRAMS]; /* every descriptor, in the order in which they came */
    size_t nheld;
    char problem[256];
};

/* 0, or negative errno with the reason in ebpf->problem, and nothing is open. All of it goes with the process. */
int ebpf_open(struct ebpf *ebpf);
void ebpf_close(struct ebpf *ebpf);
/* Whether this kernel tells what capabilities are asked for: known when the programs are attached. */
bool ebpf_sees_capabilities(const struct ebpf *ebpf);
void ebpf_learn_memory_check(struct ebpf *ebpf);
int ebpf_open_maps(struct ebpf *ebpf);
/* What is looked at of each call. */
void ebpf_watch(struct ebpf *ebpf);
int ebpf_attach_programs(struct ebpf *ebpf);

/* Of a followed thread, NULL for any other. */
struct ebpf_task *ebpf_task_of(const struct ebpf *ebpf, pid_t tid);
/* 0, or negative errno: -EEXIST if it is followed, -ENOSPC. */
int ebpf_add_task(const struct ebpf *ebpf, pid_t tid, const struct ebpf_task *task);
/* -ENOENT if it is not followed. */
int ebpf_remove_task(const struct ebpf *ebpf, pid_t tid);
void ebpf_each_task(const struct ebpf *ebpf, void (*visit)(struct ebpf_task *, pid_t, void *), void *context);

/* How often the kernel has left out one of those that see calls and that nothing stands in for: what it would have seen is lost. */
uint64_t ebpf_misses(const struct ebpf *ebpf);

#endif
