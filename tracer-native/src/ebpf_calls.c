/*
 * The programs at the entry and the exit of every call. r6 is struct pt_regs, r7 the number, r8 the task, r9 the call.
 *
 * The kernel leaves a program out where the same one has been interrupted on that processor, and from Linux 7 on it is
 * interrupted by tasks that make calls, too. There entry and exit are seen by programs for the events of tracefs, which are not
 * interrupted, but left out where a task has been interrupted in bpf(2). After them the one at the tracepoint of the exit does
 * what they have not, since a call is told by its exit as well; entry and exit alternate, so the task's flags say what that is.
 */
#include "abi.h"
#include "calls.h"
#include "ebpf_arguments.h"

/* A call of 32-bit code; one of x32 has a bit in its number, and -1 has it too but is none. */
static void find_abi(struct bpf_program *program, const struct ebpf *ebpf)
{
    int done = asm_label(program), wide = asm_label(program);
    asm_store_value(program, BPF_W, FP, EVENT(abi), ARCH_ABI);
    if (!ARCH_TASK_IS_32) return;
    asm_call(program, ebpf->layout.typed ? BPF_FUNC_get_current_task_btf : BPF_FUNC_get_current_task);
    ebpf_read(program, ebpf, BPF_W, R1, R0, ebpf->layout.task_status);
    asm_compute_by(program, BPF_AND, R1, ARCH_TASK_IS_32);
    asm_if(program, BPF_JEQ, R1, 0, wide);
    asm_store_value(program, BPF_W, FP, EVENT(abi), ARCH_ABI_32);
    asm_jump(program, done);
    asm_place(program, wide);
    asm_if(program, BPF_JLE, R7, X32_BIT - 1, done);
    asm_if(program, BPF_JGT, R7, INT32_MAX, done);
    asm_store_value(program, BPF_W, FP, EVENT(abi), ARCH_ABI_WITH_BIT);
    asm_compute_by(program, BPF_AND, R7, ~X32_BIT);
    asm_place(program, done);
}

/* r7 is the number as the kernel has it: the event's ABI and number, and the task's slot. */
static void name_call(struct bpf_program *program, const struct ebpf *ebpf)
{
    asm_lower(program, R7);
    find_abi(program, ebpf);
    asm_store(program, BPF_W, FP, EVENT(nr), R7);
    asm_load(program, BPF_W, R1, R8, TASK(slot));
    asm_store(program, BPF_W, FP, EVENT(slot), R1);
    asm_store_value(program, BPF_W, FP, EVENT(error), 0);
}

/* r9 = the counters of the call; to `full` if there is no room for new ones. */
static void find_call(struct bpf_program *program, const struct ebpf *ebpf, int full)
{
    int other = asm_label(program), found = asm_label(program);
    ebpf_unless_native(program, other);
    asm_load(program, BPF_W, R1, FP, EVENT(slot));
    asm_if(program, BPF_JGE, R1, EBPF_OWN_SLOTS, other);
    asm_compute_by(program, BPF_MUL, R1, EBPF_NUMBERS);
    asm_compute(program, BPF_ADD, R1, R7);
    asm_store(program, BPF_W, FP, AT_SCRATCH, R1);
    ebpf_find(program, ebpf, MAP_CALLS, AT_SCRATCH);
    asm_move(program, R9, R0);
    asm_if(program, BPF_JEQ, R9, 0, full);
    asm_jump(program, found);
    asm_place(program, other);
    ebpf_state_count(program, ebpf, BPF_DW, STATE(other_calls), 1, false);
    ebpf_find(program, ebpf, MAP_OTHER_CALLS, AT_EVENT);
    asm_move(program, R9, R0);
    asm_if(program, BPF_JNE, R9, 0, found);
    ebpf_clear_values(program);
    ebpf_add(program, ebpf, MAP_OTHER_CALLS, AT_EVENT, EVENT(values));
    ebpf_find(program, ebpf, MAP_OTHER_CALLS, AT_EVENT);
    asm_move(program, R9, R0);
    asm_if(program, BPF_JNE, R9, 0, found);
    ebpf_state_count(program, ebpf, BPF_DW, STATE(lost_calls), 1, false);
    asm_jump(program, full);
    asm_place(program, found);
}

/* One more of the event's call, which is told if it is the first of its phase. */
static void count_call(struct bpf_program *program, const struct ebpf *ebpf, int full)
{
    int known = asm_label(program);
    find_call(program, ebpf, full);
    asm_set(program, R1, 1);
    asm_atomic(program, BPF_DW, BPF_ADD, R9, offsetof(struct ebpf_call, count), R1);
    ebpf_store_phase(program, ebpf, AT_EVENT);
    asm_set(program, R2, 1);
    asm_compute(program, BPF_LSH, R2, R1);
    asm_load(program, BPF_W, R3, R9, offsetof(struct ebpf_call, flags));
    asm_compute(program, BPF_AND, R3, R2);
    asm_if(program, BPF_JNE, R3, 0, known);
    asm_atomic(program, BPF_W, BPF_OR, R9, offsetof(struct ebpf_call, flags), R2);
    ebpf_clear_values(program);
    ebpf_tell(program, ebpf, EBPF_CALL);
    asm_place(program, known);
}

/* r6: the registers or the event, r7 the number, r8 the task; to `out` if there is nothing to do. */
static void begin_enter(struct bpf_program *program, const struct ebpf *ebpf, int out)
{
    int alternates = asm_label(program);
    const bool event = ebpf_of_event(program);
    if (event)
        asm_move(program, R6, R1);
    else
        asm_load(program, BPF_DW, R6, R1, 0);
    asm_load(program, BPF_DW, R7, R1, event ? ebpf->layout.enter_number : 8);
    ebpf_find_task(program, ebpf, out);
    if (!event) return;
    asm_load(program, BPF_W, R1, R8, TASK(flags));
    asm_compute_by(program, BPF_AND, R1, EBPF_IN_CALL);
    asm_if(program, BPF_JEQ, R1, 0, alternates);
    ebpf_state_count(program, ebpf, BPF_DW, STATE(lost_results), 1, false);
    asm_place(program, alternates);
}

void ebpf_assemble_enter(struct bpf_program *program, const struct ebpf *ebpf)
{
    int out = asm_label(program), plain = asm_label(program);
    begin_enter(program, ebpf, out);
    name_call(program, ebpf);
    asm_store(program, BPF_W, R8, TASK(nr), R7);
    asm_load(program, BPF_W, R1, FP, EVENT(abi));
    asm_store(program, BPF_W, R8, TASK(abi), R1);
    asm_store_value(program, BPF_W, R8, TASK(flags), EBPF_IN_CALL);
    count_call(program, ebpf, out);
    ebpf_look_at_arguments(program, ebpf, true, plain, out);
    asm_jump(program, out);
    asm_place(program, plain);
    asm_load(program, BPF_W, R1, FP, EVENT(abi));
    asm_if(program, BPF_JNE, R1, ARCH_ABI, out);
    asm_store_value(program, BPF_W, R8, TASK(flags), EBPF_IN_CALL | EBPF_IS_PLAIN);
    asm_place(program, out);
    asm_exit(program);
}

static void failed(struct bpf_program *program, const struct ebpf *ebpf, int out)
{
    int one = asm_label(program), more = asm_label(program), watched = asm_label(program);
    asm_load(program, BPF_DW, R1, FP, AT_RESULT);
    asm_set(program, R2, 0);
    asm_compute(program, BPF_SUB, R2, R1);
    asm_store(program, BPF_W, FP, EVENT(error), R2);
    asm_load(program, BPF_W, R7, FP, EVENT(nr));
    /* After rt_sigreturn the register holds what the interrupted code had in it, often another call's EINTR. */
    ebpf_find_watch(program, ebpf, watched);
    asm_if(program, BPF_JEQ, R1, EBPF_SIGRETURN, out);
    asm_place(program, watched);
    ebpf_find(program, ebpf, MAP_ERRNOS, AT_EVENT);
    asm_if(program, BPF_JNE, R0, 0, more);
    asm_store_value(program, BPF_DW, FP, AT_SCRATCH, 1);
    ebpf_add(program, ebpf, MAP_ERRNOS, AT_EVENT, AT_SCRATCH);
    asm_if(program, BPF_JEQ, R0, 0, one);
    ebpf_find(program, ebpf, MAP_ERRNOS, AT_EVENT);
    asm_if(program, BPF_JNE, R0, 0, more);
    ebpf_state_count(program, ebpf, BPF_DW, STATE(lost_errnos), 1, false);
    asm_jump(program, out);
    asm_place(program, one);
    ebpf_clear_values(program);
    ebpf_store_phase(program, ebpf, AT_EVENT);
    ebpf_tell(program, ebpf, EBPF_ERRNO);
    asm_jump(program, out);
    asm_place(program, more);
    asm_set(program, R1, 1);
    asm_atomic(program, BPF_DW, BPF_ADD, R0, 0, R1);
    asm_jump(program, out);
}

/* The call that tells that the workload is ready, and those whose success is worth a remark. */
static void succeeded(struct bpf_program *program, const struct ebpf *ebpf, int out)
{
    int not_ready = asm_label(program);
    asm_load(program, BPF_W, R7, FP, EVENT(nr));
    ebpf_state_load(program, ebpf, BPF_W, R1, STATE(ready_call));
    asm_if_both(program, BPF_JNE, R1, R7, not_ready);
    asm_load(program, BPF_W, R1, FP, EVENT(abi));
    asm_if(program, BPF_JNE, R1, ARCH_ABI, not_ready);
    asm_map_value(program, R2, ebpf->maps[MAP_STATE], STATE(phase));
    asm_load(program, BPF_W, R1, R2, 0);
    asm_if(program, BPF_JNE, R1, PHASE_ENTRY, not_ready);
    asm_store_value(program, BPF_W, R2, 0, PHASE_SERVING);
    ebpf_clear_values(program);
    ebpf_store_phase(program, ebpf, AT_EVENT);
    ebpf_tell(program, ebpf, EBPF_READY);
    asm_place(program, not_ready);
    ebpf_find_watch(program, ebpf, out);
    asm_load(program, BPF_B, R1, R7, offsetof(struct ebpf_watch, notes));
    asm_if(program, BPF_JEQ, R1, 0, out);
    asm_if(program, BPF_JEQ, R6, 0, out);
    ebpf_read_first_argument(program);
    asm_load(program, BPF_W, R2, R7, offsetof(struct ebpf_watch, least));
    asm_if_both(program, BPF_JLT, R1, R2, out);
    asm_load(program, BPF_W, R2, R7, offsetof(struct ebpf_watch, most));
    asm_if_both(program, BPF_JGT, R1, R2, out);
    ebpf_clear_values(program);
    ebpf_store_phase(program, ebpf, AT_EVENT);
    ebpf_tell(program, ebpf, EBPF_DONE);
}

/* A call that a filter denied has no entry here: its exit is the first that is seen of it. */
static void enter_late(struct bpf_program *program, const struct ebpf *ebpf, int result, int out)
{
    ebpf_read_by_helper(program, BPF_DW, R7, R6, ARCH_REGISTER_NUMBER);
    asm_lower(program, R7);
    asm_if(program, BPF_JGT, R7, INT32_MAX, out); /* it was put back to -1 */
    name_call(program, ebpf);
    count_call(program, ebpf, out);
    ebpf_look_at_arguments(program, ebpf, false, result, result);
}

void ebpf_load_pending_call(struct bpf_program *program)
{
    asm_load(program, BPF_W, R1, R8, TASK(slot));
    asm_store(program, BPF_W, FP, EVENT(slot), R1);
    asm_load(program, BPF_W, R1, R8, TASK(abi));
    asm_store(program, BPF_W, FP, EVENT(abi), R1);
    asm_load(program, BPF_W, R1, R8, TASK(nr));
    asm_store(program, BPF_W, FP, EVENT(nr), R1);
    asm_store_value(program, BPF_W, FP, EVENT(error), 0);
}

/* r7 = the result as a signed number: 32-bit calls leave the upper half as it comes. */
static void load_result(struct bpf_program *program)
{
    asm_load(program, BPF_DW, R7, FP, AT_RESULT);
    if (!ARCH_TASK_IS_32) return;
    int wide = asm_label(program);
    asm_load(program, BPF_W, R1, FP, EVENT(abi));
    asm_if(program, BPF_JNE, R1, ARCH_ABI_32, wide);
    asm_lower_signed(program, R7);
    asm_store(program, BPF_DW, FP, AT_RESULT, R7);
    asm_place(program, wide);
}

/* r3 = the first word on the stack of the new program, behind the number of its words; r7 is the stack. */
static void read_first_pointer(struct bpf_program *program, const struct ebpf *ebpf)
{
    int wide = asm_label(program), read = asm_label(program);
    asm_store_value(program, BPF_DW, FP, AT_SCRATCH, 0);
    if (ARCH_TASK_IS_32) {
        asm_call(program, ebpf->layout.typed ? BPF_FUNC_get_current_task_btf : BPF_FUNC_get_current_task);
        ebpf_read(program, ebpf, BPF_W, R1, R0, ebpf->layout.task_status);
        asm_compute_by(program, BPF_AND, R1, ARCH_TASK_IS_32);
        asm_store_value(program, BPF_DW, FP, AT_SCRATCH, 0);
        asm_if(program, BPF_JEQ, R1, 0, wide);
        asm_address(program, R3, R7, 4);
        ebpf_read_user(program, AT_SCRATCH, 4);
        asm_jump(program, read);
    }
    asm_place(program, wide);
    asm_address(program, R3, R7, 8);
    ebpf_read_user(program, AT_SCRATCH, 8);
    asm_place(program, read);
    asm_load(program, BPF_DW, R3, FP, AT_SCRATCH);
}

static void tell_argv0(struct bpf_program *program, const struct ebpf *ebpf)
{
    enum { AT_EXEC = AT_RESULT - (int)sizeof(struct ebpf_exec), TEXT = AT_EXEC + (int)offsetof(struct ebpf_exec, path) };
    ebpf_clear(program, AT_EXEC, sizeof(struct ebpf_exec));
    ebpf_read_by_helper(program, BPF_DW, R7, R6, ARCH_REGISTER_STACK);
    read_first_pointer(program, ebpf);
    asm_address(program, R1, FP, TEXT);
    asm_set(program, R2, EBPF_PATH);
    asm_call(program, BPF_FUNC_probe_read_user_str);
    asm_load(program, BPF_W, R1, R8, TASK(slot));
    asm_store(program, BPF_W, FP, AT_EXEC + (int)offsetof(struct ebpf_event, slot), R1);
    ebpf_tell_all(program, ebpf, EBPF_ARGV0, AT_EXEC, sizeof(struct ebpf_exec));
}

/* r6: the registers, 0: not known; r8 the task, r9 its flags; to `out` if there is nothing to do. */
static void begin_exit(struct bpf_program *program, const struct ebpf *ebpf, int out)
{
    const bool event = ebpf_of_event(program);
    if (!event) asm_load(program, BPF_DW, R6, R1, 0);
    asm_load(program, BPF_DW, R7, R1, event ? ebpf->layout.exit_result : 8);
    asm_store(program, BPF_DW, FP, AT_RESULT, R7);
    ebpf_find_task(program, ebpf, out);
    asm_load(program, BPF_W, R9, R8, TASK(flags));
    asm_store_value(program, BPF_W, R8, TASK(flags), event ? EBPF_EXIT_SEEN : 0);
    if (event) asm_load(program, BPF_DW, R6, R8, TASK(registers));
    if (event || !ebpf->layout.preempted) return;
    asm_store(program, BPF_DW, R8, TASK(registers), R6);
    asm_if(program, BPF_JSET, R9, EBPF_EXIT_SEEN, out);
}

/* Without the registers it is for the other program. */
static void unless_unknown(struct bpf_program *program, int out)
{
    int known = asm_label(program);
    asm_if(program, BPF_JNE, R6, 0, known);
    asm_store(program, BPF_W, R8, TASK(flags), R9);
    asm_jump(program, out);
    asm_place(program, known);
}

/* Most calls: of their success nothing is to be known. */
static void leave_plain(struct bpf_program *program, const struct ebpf *ebpf, int out)
{
    int other = asm_label(program);
    asm_if(program, BPF_JNE, R9, EBPF_IN_CALL | EBPF_IS_PLAIN, other);
    asm_if(program, BPF_JSLT, R7, 0, other);
    asm_load(program, BPF_W, R2, R8, TASK(nr));
    ebpf_state_load(program, ebpf, BPF_W, R1, STATE(ready_call));
    asm_if_both(program, BPF_JNE, R1, R2, out);
    asm_place(program, other);
}

void ebpf_assemble_exit(struct bpf_program *program, const struct ebpf *ebpf)
{
    int out = asm_label(program), pending = asm_label(program), result = asm_label(program), failure = asm_label(program);
    int executed = asm_label(program);
    begin_exit(program, ebpf, out);
    leave_plain(program, ebpf, out);
    asm_if(program, BPF_JSET, R9, EBPF_IN_CALL, pending);
    asm_if(program, BPF_JSET, R9, EBPF_FRESH, out);
    if (ebpf_of_event(program)) unless_unknown(program, out);
    enter_late(program, ebpf, result, out);
    asm_jump(program, result);
    asm_place(program, pending);
    asm_if(program, BPF_JSET, R9, EBPF_EXECUTED, executed);
    ebpf_load_pending_call(program);
    asm_place(program, result);
    load_result(program);
    asm_if(program, BPF_JGE, R7, -HIGHEST_ERRNO, failure);
    succeeded(program, ebpf, out);
    asm_jump(program, out);
    asm_place(program, failure);
    failed(program, ebpf, out);
    asm_place(program, executed); /* and so it has succeeded, and belongs to the executable before */
    tell_argv0(program, ebpf);
    asm_place(program, out);
    asm_exit(program);
}

void ebpf_count_last_call(struct bpf_program *program, const struct ebpf *ebpf)
{
    int done = asm_label(program), ends = asm_label(program);
    if (!ebpf->layout.preempted) return;
    asm_load(program, BPF_W, R1, R8, TASK(flags));
    asm_if(program, BPF_JSET, R1, EBPF_IN_CALL | EBPF_FRESH, done);
    asm_load(program, BPF_DW, R6, R8, TASK(registers));
    asm_if(program, BPF_JEQ, R6, 0, done);
    ebpf_read_by_helper(program, BPF_DW, R7, R6, ARCH_REGISTER_NUMBER);
    name_call(program, ebpf);
    asm_load(program, BPF_W, R1, FP, EVENT(abi));
    static const struct {
        uint32_t abi;
        int32_t nr[2];
    } ways[] = ARCH_ENDS_OF_THREADS;
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        int other = asm_label(program);
        asm_if(program, BPF_JNE, R1, (int32_t)ways[i].abi, other);
        asm_if(program, BPF_JEQ, R7, ways[i].nr[0], ends);
        asm_if(program, BPF_JEQ, R7, ways[i].nr[1], ends);
        asm_place(program, other);
    }
    asm_jump(program, done);
    asm_place(program, ends);
    count_call(program, ebpf, done);
    asm_place(program, done);
}
