/*
 * The places of the followed threads: an array, since every call of every process of the machine looks for one. A thread's
 * place is told by its id; should that be taken, it gets one of the spare ones, and a hash says which.
 */
#include <errno.h>
#include <string.h>

#include "ebpf_assembly.h"

enum {
    TRIES = 6, /* for a spare place */
    STRIDE = 40503, /* odd: each spare place comes once in a round, and neighbours come far apart */
    BUSY = INT32_MIN /* with the id: being filled from outside of the programs */
};

/* r0 = what is at the number in AT_PLACE. */
static void at_place(struct bpf_program *program, const struct ebpf *ebpf, int none)
{
    ebpf_find(program, ebpf, MAP_TASKS, AT_PLACE);
    asm_if(program, BPF_JEQ, R0, 0, none);
}

static void at_own_place(struct bpf_program *program, const struct ebpf *ebpf, int key, int none)
{
    asm_load(program, BPF_W, R1, FP, key);
    asm_compute_by(program, BPF_AND, R1, (int32_t)ebpf->layout.places - 1);
    asm_store(program, BPF_W, FP, AT_PLACE, R1);
    at_place(program, ebpf, none);
}

static void at_spare_place(struct bpf_program *program, const struct ebpf *ebpf, int key, int none)
{
    ebpf_state_load(program, ebpf, BPF_W, R1, STATE(spare));
    asm_if(program, BPF_JEQ, R1, 0, none);
    ebpf_find(program, ebpf, MAP_SPARE, key);
    asm_if(program, BPF_JEQ, R0, 0, none);
    asm_load(program, BPF_W, R1, R0, 0);
    asm_store(program, BPF_W, FP, AT_PLACE, R1);
    at_place(program, ebpf, none);
    asm_load(program, BPF_W, R1, FP, key);
    asm_load(program, BPF_W, R2, R0, TASK(tid));
    asm_if_both(program, BPF_JNE, R1, R2, none);
}

void ebpf_find_place(struct bpf_program *program, const struct ebpf *ebpf, int key, int none)
{
    int found = asm_label(program);
    at_own_place(program, ebpf, key, none);
    asm_load(program, BPF_W, R1, FP, key);
    asm_load(program, BPF_W, R2, R0, TASK(tid));
    asm_if_both(program, BPF_JEQ, R1, R2, found);
    at_spare_place(program, ebpf, key, none);
    asm_place(program, found);
}

/* r0 = whose place r9 was; it is the thread's now if it was nobody's. r1 = the thread's id. */
static void take(struct bpf_program *program, int key)
{
    asm_move(program, R9, R0);
    asm_load(program, BPF_W, R1, FP, key);
    asm_set(program, R0, 0);
    asm_atomic(program, BPF_W, BPF_CMPXCHG, R9, TASK(tid), R1);
}

void ebpf_take_place(struct bpf_program *program, const struct ebpf *ebpf, int key, int own, int followed, int full)
{
    int taken = asm_label(program), spare = asm_label(program);
    at_own_place(program, ebpf, key, full);
    take(program, key);
    asm_if(program, BPF_JEQ, R0, 0, taken);
    asm_if_both(program, BPF_JEQ, R0, R1, own);
    asm_compute_by(program, BPF_XOR, R0, BUSY);
    asm_lower(program, R0);
    asm_if_both(program, BPF_JEQ, R0, R1, followed);
    for (int i = 0; i < TRIES; i++) {
        ebpf_state_count(program, ebpf, BPF_W, STATE(next_spare), 1, true);
        asm_compute_by(program, BPF_MUL, R1, STRIDE);
        asm_compute_by(program, BPF_AND, R1, EBPF_SPARE_PLACES - 1);
        asm_compute_by(program, BPF_ADD, R1, EBPF_PLACES);
        asm_store(program, BPF_W, FP, AT_PLACE, R1);
        at_place(program, ebpf, full);
        take(program, key);
        asm_if(program, BPF_JEQ, R0, 0, spare);
    }
    asm_jump(program, full);
    asm_place(program, spare);
    ebpf_state_count(program, ebpf, BPF_W, STATE(spare), 1, false);
    ebpf_add(program, ebpf, MAP_SPARE, key, AT_PLACE);
    asm_if(program, BPF_JEQ, R0, 0, taken);
    ebpf_state_count(program, ebpf, BPF_W, STATE(spare), -1, false);
    asm_store_value(program, BPF_W, R9, TASK(tid), 0);
    asm_if(program, BPF_JEQ, R0, -EEXIST, followed);
    asm_jump(program, full);
    asm_place(program, taken);
}

void ebpf_leave_place(struct bpf_program *program, const struct ebpf *ebpf, int key, int none)
{
    int done = asm_label(program);
    ebpf_find_place(program, ebpf, key, none);
    asm_store(program, BPF_DW, FP, AT_PLACE, R0);
    ebpf_state_load(program, ebpf, BPF_W, R1, STATE(spare));
    asm_if(program, BPF_JEQ, R1, 0, done);
    asm_map(program, R1, ebpf->maps[MAP_SPARE]);
    asm_address(program, R2, FP, key);
    asm_call(program, BPF_FUNC_map_delete_elem);
    asm_if(program, BPF_JNE, R0, 0, done);
    ebpf_state_count(program, ebpf, BPF_W, STATE(spare), -1, false);
    asm_place(program, done);
    asm_load(program, BPF_DW, R1, FP, AT_PLACE);
    asm_store_value(program, BPF_W, R1, TASK(tid), 0); /* last, for from here on it may be another's */
}

struct ebpf_task *ebpf_task_of(const struct ebpf *ebpf, pid_t tid)
{
    const uint32_t id = (uint32_t)tid;
    uint32_t place = id % ebpf->layout.places;
    if (__atomic_load_n(&ebpf->tasks[place].tid, __ATOMIC_ACQUIRE) == id) return &ebpf->tasks[place];
    if (__atomic_load_n(&ebpf->state->spare, __ATOMIC_ACQUIRE) == 0) return NULL;
    if (bpf_map_find(ebpf->maps[MAP_SPARE], &id, &place) < 0) return NULL;
    return __atomic_load_n(&ebpf->tasks[place].tid, __ATOMIC_ACQUIRE) == id ? &ebpf->tasks[place] : NULL;
}

static bool take_over(struct ebpf_task *place, uint32_t busy)
{
    uint32_t nobody = 0;
    return __atomic_compare_exchange_n(&place->tid, &nobody, busy, false, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
}

static void fill(struct ebpf_task *place, uint32_t id, const struct ebpf_task *task)
{
    place->slot = task->slot;
    place->image = task->image;
    place->flags = task->flags;
    place->nr = task->nr;
    place->abi = task->abi;
    place->registers = task->registers;
    __atomic_store_n(&place->tid, id, __ATOMIC_SEQ_CST);
}

static int add_at_spare_place(const struct ebpf *ebpf, uint32_t id, const struct ebpf_task *task)
{
    for (int i = 0; i < TRIES; i++) {
        uint32_t next = __atomic_fetch_add(&ebpf->state->next_spare, 1, __ATOMIC_SEQ_CST);
        const uint32_t number = EBPF_PLACES + next * STRIDE % EBPF_SPARE_PLACES;
        struct ebpf_task *place = &ebpf->tasks[number];
        if (!take_over(place, id | (uint32_t)BUSY)) continue;
        fill(place, id, task);
        __atomic_fetch_add(&ebpf->state->spare, 1, __ATOMIC_SEQ_CST);
        int error = bpf_map_add(ebpf->maps[MAP_SPARE], &id, &number);
        if (!error) return 0;
        __atomic_fetch_sub(&ebpf->state->spare, 1, __ATOMIC_SEQ_CST);
        __atomic_store_n(&place->tid, 0, __ATOMIC_SEQ_CST);
        return error;
    }
    return -ENOSPC;
}

int ebpf_add_task(const struct ebpf *ebpf, pid_t tid, const struct ebpf_task *task)
{
    const uint32_t id = (uint32_t)tid;
    struct ebpf_task *place = &ebpf->tasks[id % ebpf->layout.places];
    if (ebpf_task_of(ebpf, tid)) return -EEXIST;
    if (take_over(place, id | (uint32_t)BUSY)) {
        fill(place, id, task);
        return 0;
    }
    return __atomic_load_n(&place->tid, __ATOMIC_ACQUIRE) == id ? -EEXIST : add_at_spare_place(ebpf, id, task);
}

int ebpf_remove_task(const struct ebpf *ebpf, pid_t tid)
{
    uint32_t id = (uint32_t)tid;
    struct ebpf_task *task = ebpf_task_of(ebpf, tid);
    if (!task) return -ENOENT;
    if (bpf_map_remove(ebpf->maps[MAP_SPARE], &id) == 0) __atomic_fetch_sub(&ebpf->state->spare, 1, __ATOMIC_SEQ_CST);
    return __atomic_compare_exchange_n(&task->tid, &id, 0, false, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST) ? 0 : -ENOENT;
}

void ebpf_each_task(const struct ebpf *ebpf, void (*visit)(struct ebpf_task *, pid_t, void *), void *context)
{
    uint32_t count = __atomic_load_n(&ebpf->state->spare, __ATOMIC_ACQUIRE) ? EBPF_PLACES + EBPF_SPARE_PLACES : EBPF_PLACES;
    for (uint32_t i = 0; i < count; i++) {
        int32_t tid = (int32_t)__atomic_load_n(&ebpf->tasks[i].tid, __ATOMIC_ACQUIRE);
        if (tid > 0) visit(&ebpf->tasks[i], tid, context);
    }
}
