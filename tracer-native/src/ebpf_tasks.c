/* The programs that follow threads: from their creation through executions to their end. */
#include <sched.h>
#include <string.h>

#include "ebpf_assembly.h"
#include "phase.h"

enum {
    AT_OTHER = -24, /* a thread's id */
    AT_SLOT = -32,
    AT_EXEC = AT_SLOT - (int)sizeof(struct ebpf_exec)
};

#define EXEC(field) (AT_EXEC + (int)offsetof(struct ebpf_exec, field))
#define EXEC_EVENT(field) (AT_EXEC + (int)offsetof(struct ebpf_event, field))

/* r9 is a new task's place. */
static void fill(struct bpf_program *program, int32_t flags)
{
    asm_store_value(program, BPF_DW, R9, TASK(flags), flags); /* and no number of a call */
    asm_store_value(program, BPF_W, R9, TASK(abi), 0);
    asm_store_value(program, BPF_DW, R9, TASK(registers), 0);
}

/* A number that was given to a new task: whoever had it before has ended, seen or not. */
static void forget_former(struct bpf_program *program, const struct ebpf *ebpf)
{
    int none = asm_label(program);
    ebpf_leave_place(program, ebpf, AT_OTHER, none);
    ebpf_state_count(program, ebpf, BPF_W, STATE(live), -1, false);
    asm_place(program, none);
}

/* Of a followed thread; the new one does not run yet. r6: the new task's, r7: how it was made. */
void ebpf_assemble_newtask(struct bpf_program *program, const struct ebpf *ebpf)
{
    const struct ebpf_layout *layout = &ebpf->layout;
    int out = asm_label(program), own = asm_label(program), full = asm_label(program);
    if (layout->typed) {
        asm_load(program, BPF_DW, R6, R1, 0);
        asm_load(program, BPF_DW, R7, R1, 8);
        asm_load(program, BPF_W, R6, R6, layout->task_pid);
    } else {
        asm_load(program, BPF_W, R6, R1, layout->newtask_pid);
        asm_load(program, BPF_DW, R7, R1, layout->newtask_flags);
    }
    asm_store(program, BPF_W, FP, AT_OTHER, R6);
    forget_former(program, ebpf);
    ebpf_find_task(program, ebpf, out);
    ebpf_take_place(program, ebpf, AT_OTHER, own, out, full);
    asm_load(program, BPF_DW, R1, R8, TASK(slot)); /* and the image */
    asm_store(program, BPF_DW, R9, TASK(slot), R1);
    fill(program, EBPF_FRESH);
    ebpf_state_count(program, ebpf, BPF_DW, STATE(threads), 1, false);
    ebpf_state_count(program, ebpf, BPF_W, STATE(live), 1, false);
    asm_if(program, BPF_JSET, R7, CLONE_THREAD, out);
    ebpf_state_count(program, ebpf, BPF_DW, STATE(processes), 1, false);
    ebpf_state_count(program, ebpf, BPF_W, STATE(leaders), 1, false);
    asm_jump(program, out);
    asm_place(program, own); /* the tracer, which attaches, has just found and counted it */
    asm_load(program, BPF_W, R1, R9, TASK(flags));
    asm_compute_by(program, BPF_OR, R1, EBPF_FRESH);
    asm_store(program, BPF_W, R9, TASK(flags), R1);
    asm_jump(program, out);
    asm_place(program, full);
    ebpf_state_count(program, ebpf, BPF_DW, STATE(lost_threads), 1, false);
    asm_place(program, out);
    asm_exit(program);
}

/*
 * r6 is the context or what of it is a pointer: what tells one executable from another, and a path for it. By helpers, for at
 * each pointer that a program loads by itself the kernel looks through all of its types for some, which takes it half a millisecond.
 */
static void find_file(struct bpf_program *program, const struct ebpf *ebpf)
{
    const struct ebpf_layout *layout = &ebpf->layout;
    int absolute = asm_label(program);
    ebpf_clear(program, EXEC(path), EBPF_PATH);
    asm_store_value(program, BPF_DW, FP, EXEC(salt), 0);
    if (layout->typed) {
        ebpf_read_by_helper(program, BPF_DW, R7, R6, layout->bprm_file);
        ebpf_read_by_helper(program, BPF_DW, R7, R7, layout->file_inode);
        ebpf_read_by_helper(program, BPF_DW, R2, R7, layout->inode_ino);
        asm_store(program, BPF_DW, FP, EXEC_EVENT(values), R2);
        ebpf_read_by_helper(program, BPF_W, R2, R7, layout->inode_generation);
        asm_store(program, BPF_DW, FP, EXEC_EVENT(values) + 16, R2);
        ebpf_read_by_helper(program, BPF_DW, R7, R7, layout->inode_sb);
        ebpf_read_by_helper(program, BPF_W, R2, R7, layout->sb_dev);
        asm_store(program, BPF_DW, FP, EXEC_EVENT(values) + 8, R2);
        ebpf_read_by_helper(program, BPF_DW, R3, R6, layout->bprm_interp);
    } else {
        asm_load(program, BPF_W, R3, R6, layout->exec_filename);
        asm_compute_by(program, BPF_AND, R3, 0xffff);
        asm_compute(program, BPF_ADD, R3, R6);
    }
    asm_address(program, R1, FP, EXEC(path));
    asm_set(program, R2, EBPF_PATH);
    asm_call(program, BPF_FUNC_probe_read_kernel_str);
    asm_load(program, BPF_B, R1, FP, EXEC(path));
    asm_if(program, BPF_JEQ, R1, '/', absolute);
    asm_load(program, BPF_DW, R1, FP, AT_PID);
    asm_store(program, BPF_DW, FP, EXEC(salt), R1);
    asm_place(program, absolute);
}

/* By this name a process executes itself, and without an inode it would not be known for itself. */
static void keep_own_slot(struct bpf_program *program, int other, int found)
{
    static const char own[16] = "/proc/self/exe";
    for (int i = 0; i < 4; i++) {
        int32_t part;
        memcpy(&part, own + 4 * i, sizeof part);
        asm_load(program, BPF_W, R1, FP, EXEC(path) + 4 * i);
        asm_if(program, BPF_JNE, R1, part, other);
    }
    asm_load(program, BPF_W, R1, R8, TASK(slot));
    asm_store(program, BPF_W, FP, AT_SLOT, R1);
    asm_jump(program, found);
}

/* The slot of the executable: one that it has, a new one, or that of all others. */
static void find_slot(struct bpf_program *program, const struct ebpf *ebpf, int key)
{
    int known = asm_label(program), found = asm_label(program), room = asm_label(program), other = asm_label(program);
    if (!ebpf->layout.typed) keep_own_slot(program, other, found);
    asm_place(program, other);
    ebpf_find(program, ebpf, MAP_EXECUTABLES, key);
    asm_if(program, BPF_JNE, R0, 0, known);
    ebpf_state_count(program, ebpf, BPF_W, STATE(slots), 1, true);
    asm_if(program, BPF_JLT, R1, EBPF_SLOTS, room);
    /* Else the counter would come round. */
    asm_set(program, R1, EBPF_SLOTS);
    asm_map_value(program, R2, ebpf->maps[MAP_STATE], STATE(slots));
    asm_store(program, BPF_W, R2, 0, R1);
    asm_store_value(program, BPF_W, FP, AT_SLOT, 0);
    asm_jump(program, found);
    asm_place(program, room);
    asm_store(program, BPF_W, FP, AT_SLOT, R1);
    ebpf_add(program, ebpf, MAP_EXECUTABLES, key, AT_SLOT);
    /* Another processor may have been first with the same file: its slot counts. */
    ebpf_find(program, ebpf, MAP_EXECUTABLES, key);
    asm_if(program, BPF_JNE, R0, 0, known);
    asm_jump(program, found);
    asm_place(program, known);
    asm_load(program, BPF_W, R1, R0, 0);
    asm_store(program, BPF_W, FP, AT_SLOT, R1);
    asm_place(program, found);
}

/* A thread that does not lead takes over the leader's id. */
static void take_over(struct bpf_program *program, const struct ebpf *ebpf, int same, int full)
{
    static const int wide[] = {TASK(slot), TASK(flags), TASK(registers)}; /* two fields each, but for the last */
    int taken = asm_label(program), moved = asm_label(program), none = asm_label(program);
    asm_load(program, BPF_W, R1, FP, AT_OTHER);
    asm_load(program, BPF_W, R2, FP, AT_PID);
    asm_if_both(program, BPF_JEQ, R1, R2, same);
    ebpf_take_place(program, ebpf, AT_PID, taken, none, none);
    asm_place(program, taken);
    for (size_t i = 0; i < sizeof wide / sizeof *wide; i++) {
        asm_load(program, BPF_DW, R1, R8, wide[i]);
        asm_store(program, BPF_DW, R9, wide[i], R1);
    }
    asm_load(program, BPF_W, R1, R8, TASK(abi));
    asm_store(program, BPF_W, R9, TASK(abi), R1);
    ebpf_state_count(program, ebpf, BPF_W, STATE(leaders), 1, false); /* the former one has ended */
    ebpf_leave_place(program, ebpf, AT_OTHER, moved);
    asm_jump(program, moved);
    asm_place(program, none);
    ebpf_leave_place(program, ebpf, AT_OTHER, full);
    ebpf_state_count(program, ebpf, BPF_W, STATE(live), -1, false);
    asm_jump(program, full);
    asm_place(program, moved);
    asm_move(program, R8, R9);
    asm_place(program, same);
}

/* What comes into a recorded container from outside, with its first execution there: r8 is its place. */
static void adopt(struct bpf_program *program, const struct ebpf *ebpf, int full, int out)
{
    ebpf_state_load(program, ebpf, BPF_DW, R2, STATE(namespace));
    asm_if(program, BPF_JEQ, R2, 0, out);
    ebpf_state_load(program, ebpf, BPF_DW, R1, STATE(namespace_device));
    asm_store_value(program, BPF_DW, FP, AT_SLOT, 0);
    asm_address(program, R3, FP, AT_SLOT);
    asm_set(program, R4, sizeof(struct bpf_pidns_info));
    asm_call(program, BPF_FUNC_get_ns_current_pid_tgid);
    asm_if(program, BPF_JNE, R0, 0, out);
    ebpf_take_place(program, ebpf, AT_PID, out, out, full);
    asm_store_value(program, BPF_DW, R9, TASK(slot), 0); /* and no image */
    fill(program, EBPF_IN_CALL);
    asm_move(program, R8, R9);
    ebpf_state_count(program, ebpf, BPF_DW, STATE(threads), 1, false);
    ebpf_state_count(program, ebpf, BPF_W, STATE(live), 1, false);
    ebpf_state_count(program, ebpf, BPF_DW, STATE(processes), 1, false);
    ebpf_state_count(program, ebpf, BPF_W, STATE(leaders), 1, false);
    asm_load(program, BPF_W, R1, FP, AT_PID);
    asm_store(program, BPF_W, FP, AT_OTHER, R1);
}

/* r1 has the task's flags: an execution whose entry was not seen is in no count. */
static void count_unseen_execution(struct bpf_program *program, const struct ebpf *ebpf)
{
    int seen = asm_label(program);
    asm_if(program, BPF_JSET, R1, EBPF_IN_CALL | EBPF_FRESH | EBPF_WAITING, seen);
    ebpf_state_count(program, ebpf, BPF_DW, STATE(lost_results), 1, false);
    asm_load(program, BPF_W, R1, R8, TASK(flags));
    asm_place(program, seen);
}

void ebpf_assemble_exec(struct bpf_program *program, const struct ebpf *ebpf)
{
    const struct ebpf_layout *layout = &ebpf->layout;
    int out = asm_label(program), same = asm_label(program), full = asm_label(program), followed = asm_label(program);
    int strange = asm_label(program);
    if (layout->typed) {
        asm_load(program, BPF_DW, R6, R1, 16);
        asm_load(program, BPF_DW, R7, R1, 8);
    } else {
        asm_move(program, R6, R1);
        asm_load(program, BPF_W, R7, R1, layout->exec_old_pid);
    }
    asm_store(program, BPF_W, FP, AT_OTHER, R7);
    asm_call(program, BPF_FUNC_get_current_pid_tgid);
    asm_store(program, BPF_DW, FP, AT_PID, R0);
    ebpf_find_place(program, ebpf, AT_OTHER, strange);
    asm_move(program, R8, R0);
    asm_jump(program, followed);
    asm_place(program, strange);
    adopt(program, ebpf, full, out);
    asm_place(program, followed);
    ebpf_clear(program, AT_EXEC, sizeof(struct ebpf_event));
    find_file(program, ebpf);
    take_over(program, ebpf, same, full);
    find_slot(program, ebpf, layout->typed ? EXEC_EVENT(values) : EXEC(path));
    asm_load(program, BPF_W, R1, FP, AT_SLOT);
    asm_store(program, BPF_W, R8, TASK(slot), R1);
    asm_store(program, BPF_W, FP, EXEC_EVENT(slot), R1);
    ebpf_state_count(program, ebpf, BPF_W, STATE(images), 1, true);
    asm_store(program, BPF_W, R8, TASK(image), R1);
    asm_load(program, BPF_W, R1, R8, TASK(flags));
    if (layout->preempted) count_unseen_execution(program, ebpf);
    asm_compute_by(program, BPF_OR, R1, EBPF_EXECUTED);
    asm_store(program, BPF_W, R8, TASK(flags), R1);
    ebpf_store_phase(program, ebpf, AT_EXEC);
    ebpf_tell_all(program, ebpf, EBPF_EXEC, AT_EXEC, sizeof(struct ebpf_exec));
    asm_jump(program, out);
    asm_place(program, full);
    ebpf_state_count(program, ebpf, BPF_DW, STATE(lost_threads), 1, false);
    asm_place(program, out);
    asm_exit(program);
}

/* For a main process that is nobody's child here. */
static void keep_status(struct bpf_program *program, const struct ebpf *ebpf)
{
    int other = asm_label(program);
    if (!ebpf->layout.typed) return;
    ebpf_state_load(program, ebpf, BPF_W, R1, STATE(main_pid));
    asm_load(program, BPF_W, R2, FP, AT_PID);
    asm_if_both(program, BPF_JNE, R1, R2, other);
    asm_call(program, BPF_FUNC_get_current_task_btf);
    asm_load(program, BPF_W, R1, R0, ebpf->layout.task_exit_code);
    asm_map_value(program, R2, ebpf->maps[MAP_STATE], STATE(main_status));
    asm_store(program, BPF_W, R2, 0, R1);
    asm_place(program, other);
}

/* Of another thread than the leader: it may be the last one of a PID 1 whose leader has gone before. */
static void follower_ends(struct bpf_program *program, const struct ebpf *ebpf, int done)
{
    ebpf_state_load(program, ebpf, BPF_W, R1, STATE(main_gone));
    asm_if(program, BPF_JEQ, R1, 0, done);
    ebpf_state_load(program, ebpf, BPF_W, R1, STATE(main_pid));
    asm_load(program, BPF_W, R2, FP, AT_PID + 4);
    asm_if_both(program, BPF_JNE, R1, R2, done);
    ebpf_tell(program, ebpf, EBPF_LEFT);
}

/*
 * Of a leader. PID 1's end kills the rest before it is reported: who still runs after it is told, and each thread of its
 * own that may be the last one.
 */
static void leader_ends(struct bpf_program *program, const struct ebpf *ebpf)
{
    int done = asm_label(program), other = asm_label(program);
    keep_status(program, ebpf);
    ebpf_state_count(program, ebpf, BPF_W, STATE(leaders), -1, false);
    ebpf_state_load(program, ebpf, BPF_W, R1, STATE(pid1));
    asm_if(program, BPF_JEQ, R1, 0, done);
    ebpf_state_load(program, ebpf, BPF_W, R1, STATE(main_pid));
    asm_load(program, BPF_W, R2, FP, AT_PID);
    asm_if_both(program, BPF_JNE, R1, R2, other);
    asm_map_value(program, R1, ebpf->maps[MAP_STATE], STATE(main_gone));
    asm_store_value(program, BPF_W, R1, 0, 1);
    ebpf_tell(program, ebpf, EBPF_LEFT);
    asm_jump(program, done);
    asm_place(program, other);
    ebpf_state_load(program, ebpf, BPF_W, R1, STATE(main_gone));
    asm_if(program, BPF_JEQ, R1, 0, done);
    asm_load(program, BPF_W, R1, R8, TASK(slot));
    asm_store(program, BPF_W, FP, EVENT(slot), R1);
    ebpf_tell(program, ebpf, EBPF_LEFT);
    asm_place(program, done);
}

void ebpf_assemble_end(struct bpf_program *program, const struct ebpf *ebpf)
{
    int out = asm_label(program), thread = asm_label(program), ended = asm_label(program);
    ebpf_find_task(program, ebpf, out);
    ebpf_count_last_call(program, ebpf);
    ebpf_clear(program, AT_EVENT, sizeof(struct ebpf_event));
    asm_load(program, BPF_W, R1, FP, AT_PID);
    asm_load(program, BPF_W, R2, FP, AT_PID + 4);
    asm_if_both(program, BPF_JNE, R1, R2, thread);
    leader_ends(program, ebpf);
    asm_jump(program, ended);
    asm_place(program, thread);
    follower_ends(program, ebpf, ended);
    asm_place(program, ended);
    ebpf_leave_place(program, ebpf, AT_PID, out);
    ebpf_state_count(program, ebpf, BPF_W, STATE(live), -1, true);
    asm_if(program, BPF_JNE, R1, 1, out);
    ebpf_tell(program, ebpf, EBPF_LAST);
    asm_place(program, out);
    asm_exit(program);
}

/* What asks the main process to end begins the shutdown, whoever sends it. */
void ebpf_assemble_signal(struct bpf_program *program, const struct ebpf *ebpf)
{
    enum { TERM = 15 };
    int out = asm_label(program), asked = asm_label(program);
    asm_load(program, BPF_DW, R6, R1, 0);
    asm_lower(program, R6);
    asm_if(program, BPF_JEQ, R6, TERM, asked);
    ebpf_state_load(program, ebpf, BPF_W, R1, STATE(stop_signal));
    asm_if_both(program, BPF_JNE, R1, R6, out);
    asm_place(program, asked);
    ebpf_find_task(program, ebpf, out);
    ebpf_state_load(program, ebpf, BPF_W, R1, STATE(main_pid));
    asm_load(program, BPF_W, R2, FP, AT_PID + 4);
    asm_if_both(program, BPF_JNE, R1, R2, out);
    asm_map_value(program, R2, ebpf->maps[MAP_STATE], STATE(phase));
    asm_load(program, BPF_W, R1, R2, 0);
    asm_if(program, BPF_JGE, R1, PHASE_SHUTDOWN, out);
    asm_store_value(program, BPF_W, R2, 0, PHASE_SHUTDOWN);
    ebpf_clear(program, AT_EVENT, sizeof(struct ebpf_event));
    asm_store(program, BPF_W, FP, EVENT(error), R6);
    ebpf_store_phase(program, ebpf, AT_EVENT);
    ebpf_tell(program, ebpf, EBPF_SIGNAL);
    asm_place(program, out);
    asm_exit(program);
}
