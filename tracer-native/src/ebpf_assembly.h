/* What the BPF programs of ebpf_calls.c and ebpf_tasks.c have in common. */
#ifndef PROFGEN_EBPF_ASSEMBLY_H
#define PROFGEN_EBPF_ASSEMBLY_H

#include "bpf_program.h"
#include "ebpf.h"

/* The stack, from its end down. EVENT is a struct ebpf_event, and so a key of the maps. */
enum {
    AT_PID = -8, /* thread id, then process id */
    AT_PLACE = -16, /* its number, or its address */
    AT_SCRATCH = -32,
    AT_EVENT = AT_SCRATCH - (int)sizeof(struct ebpf_event),
    AT_ARGUMENTS = AT_EVENT - 64,
    AT_RESULT = AT_ARGUMENTS - 8
};

#define EVENT(field) (AT_EVENT + (int)offsetof(struct ebpf_event, field))
#define STATE(field) ((int)offsetof(struct ebpf_state, field))
#define TASK(field) ((int)offsetof(struct ebpf_task, field))

/* to = the kernel's memory at base + offset. Loses r0-r5: base is kept in r6-r9. */
void ebpf_read_by_helper(struct bpf_program *program, int size, int to, int base, int offset);
/* The same, where the kernel's types are known directly. */
void ebpf_read(struct bpf_program *program, const struct ebpf *ebpf, int size, int to, int base, int offset);
/* Whether the program is one that sees a call as an event of tracefs. */
bool ebpf_of_event(const struct bpf_program *program);
/* r0 = the element whose key is on the stack, 0 for none. */
void ebpf_find(struct bpf_program *program, const struct ebpf *ebpf, enum ebpf_map map, int key);
/* r0 = 0, or negative errno: there is such a key already, or no room. */
void ebpf_add(struct bpf_program *program, const struct ebpf *ebpf, enum ebpf_map map, int key, int value);
void ebpf_state_load(struct bpf_program *program, const struct ebpf *ebpf, int size, int to, int field);
/* Counts up; loses r1 and r2. With fetch r1 has what was there. */
void ebpf_state_count(struct bpf_program *program, const struct ebpf *ebpf, int size, int field, int by, bool fetch);
/* Zeroes on the stack; size is a multiple of 8. */
void ebpf_clear(struct bpf_program *program, int at, size_t size);
/* Of the current thread, which is stored: r8 = its struct ebpf_task; elsewhere than to `none` if it is followed. */
void ebpf_find_task(struct bpf_program *program, const struct ebpf *ebpf, int none);
/* r0 = the place of the thread whose id is at `key`; elsewhere than to `none` if it is followed. Loses r1-r5. */
void ebpf_find_place(struct bpf_program *program, const struct ebpf *ebpf, int key, int none);
/*
 * r9 = a place for it, to be filled; to `own` if that is one that it has, to `followed` if somebody else is about to fill one.
 * Loses r0-r5.
 */
void ebpf_take_place(struct bpf_program *program, const struct ebpf *ebpf, int key, int own, int followed, int full);
/* It is followed no more; to `none` if it was not. Loses r0-r5. */
void ebpf_leave_place(struct bpf_program *program, const struct ebpf *ebpf, int key, int none);
/* The event on the stack but for its phase; r8 is the task. Loses r0-r5. */
void ebpf_tell(struct bpf_program *program, const struct ebpf *ebpf, enum ebpf_type type);
/* The same for an event that begins at `at` and has `size` bytes. */
void ebpf_tell_all(struct bpf_program *program, const struct ebpf *ebpf, enum ebpf_type type, int at, size_t size);
void ebpf_store_phase(struct bpf_program *program, const struct ebpf *ebpf, int at);

/* The event's call is the one that r8's task is in, without an error. */
void ebpf_load_pending_call(struct bpf_program *program);

/* The programs. */
void ebpf_assemble_enter(struct bpf_program *program, const struct ebpf *ebpf);
void ebpf_assemble_exit(struct bpf_program *program, const struct ebpf *ebpf);
/* At a thread's end, r8: the call that ended it, should its entry not have been seen. Loses all but r8. */
void ebpf_count_last_call(struct bpf_program *program, const struct ebpf *ebpf);
void ebpf_assemble_newtask(struct bpf_program *program, const struct ebpf *ebpf);
void ebpf_assemble_exec(struct bpf_program *program, const struct ebpf *ebpf);
void ebpf_assemble_end(struct bpf_program *program, const struct ebpf *ebpf);
void ebpf_assemble_capable(struct bpf_program *program, const struct ebpf *ebpf);
void ebpf_assemble_signal(struct bpf_program *program, const struct ebpf *ebpf);

#endif
