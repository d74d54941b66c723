/* The programs at the entry and the exit of every call. r6 is struct pt_regs, r7 the number, r8 the task, r9 the call. */
#include "abi.h"
#include "calls.h"
#include "ebpf_assembly.h"


#ifdef ARCH_TASK_IS_32
/* A call of 32-bit code; one of x32 has a bit in its number, and -1 has it too but is none. */
static void find_abi(struct bpf_program *program, const struct ebpf *ebpf)
{
    int done = asm_label(program), wide = asm_label(program);
    asm_store_value(program, BPF_W, FP, EVENT(abi), ARCH_ABI);
    asm_call(program, ebpf->layout.typed ? BPF_FUNC_get_current_task_btf : BPF_FUNC_get_current_task);
    ebpf_read(program, ebpf, BPF_W, R1, R0, ebpf->layout.task_status);
    asm_compute_by(program, BPF_AND, R1, ARCH_TASK_IS_32);
    asm_if(program, BPF_JEQ, R1, 0, wide);
    asm_store_value(program, BPF_W, FP, EVENT(abi), ABI_I386);
    asm_jump(program, done);
    asm_place(program, wide);
    asm_if(program, BPF_JLE, R7, X32_BIT - 1, done);
    asm_if(program, BPF_JGT, R7, INT32_MAX, done);
    asm_store_value(program, BPF_W, FP, EVENT(abi), ABI_X32);
    asm_compute_by(program, BPF_AND, R7, ~X32_BIT);
    asm_place(program, done);
}
#else
static void find_abi(struct bpf_program *program, const struct ebpf *ebpf)
{
    (void)ebpf;
    asm_store_value(program, BPF_W, FP, EVENT(abi), ARCH_ABI);
}
#endif

/* r7 is the number as the kernel has it: the event's ABI and number, and the task's slot. */
static void name_call(struct bpf_program *program, const struct ebpf *ebpf)
{
    asm_lower(program, R7);
    find_abi(program, ebpf);
    asm_store(program, BPF_W, FP, EVENT(nr), R7);
    asm_load(program, BPF_W, R1, R8, offsetof(struct ebpf_task, slot));
    asm_store(program, BPF_W, FP, EVENT(slot), R1);
    asm_store_value(program, BPF_W, FP, EVENT(error), 0);
}

static void clear_values(struct bpf_program *program)
{
    for (int i = 0; i < 4; i++) asm_store_value(program, BPF_DW, FP, EVENT(values) + 8 * i, 0);
}

/* Elsewhere than to `other` if the event's call is a native one with a place in the arrays; r7 is its number. */
static void unless_native(struct bpf_program *program, int other)
{
    asm_load(program, BPF_W, R1, FP, EVENT(abi));
    asm_if(program, BPF_JNE, R1, ARCH_ABI, other);
    asm_if(program, BPF_JGE, R7, EBPF_NUMBERS, other);
}

/* r9 = the counters of the call; to `full` if there is no room for new ones. */
static void find_call(struct bpf_program *program, const struct ebpf *ebpf, int full)
{
    int other = asm_label(program), found = asm_label(program), lost = asm_label(program);
    unless_native(program, other);
    asm_load(program, BPF_W, R1, FP, EVENT(slot));
    asm_compute_by(program, BPF_MUL, R1, EBPF_NUMBERS);
    asm_compute(program, BPF_ADD, R1, R7);
    asm_store(program, BPF_W, FP, AT_SCRATCH, R1);
    ebpf_find(program, ebpf, MAP_CALLS, AT_SCRATCH);
    asm_move(program, R9, R0);
    asm_if(program, BPF_JEQ, R9, 0, full);
    asm_jump(program, found);
    asm_place(program, other);
    ebpf_find(program, ebpf, MAP_OTHER_CALLS, AT_EVENT);
    asm_move(program, R9, R0);
    asm_if(program, BPF_JNE, R9, 0, found);
    clear_values(program);
    ebpf_add(program, ebpf, MAP_OTHER_CALLS, AT_EVENT, EVENT(values));
    ebpf_find(program, ebpf, MAP_OTHER_CALLS, AT_EVENT);
    asm_move(program, R9, R0);
    asm_if(program, BPF_JNE, R9, 0, found);
    asm_place(program, lost);
    ebpf_state_count(program, ebpf, BPF_DW, STATE(lost_calls), 1, false);
    asm_jump(program, full);
    asm_place(program, found);
}

static void mark(struct bpf_program *program, int32_t flag)
{
    asm_set(program, R1, flag);
    asm_atomic(program, BPF_W, BPF_OR, R9, offsetof(struct ebpf_call, flags), R1);
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
    clear_values(program);
    ebpf_tell(program, ebpf, EBPF_CALL);
    asm_place(program, known);
}

/* r7 = what is watched of the event's call, whose number it is; to `nothing` if that is nothing. */
static void find_watch(struct bpf_program *program, const struct ebpf *ebpf, int nothing)
{
    int other = asm_label(program), found = asm_label(program);
    unless_native(program, other);
    ebpf_find(program, ebpf, MAP_WATCHED, EVENT(nr));
    asm_jump(program, found);
    asm_place(program, other);
    ebpf_find(program, ebpf, MAP_OTHER_WATCHED, EVENT(abi));
    asm_place(program, found);
    asm_move(program, R7, R0);
    asm_if(program, BPF_JEQ, R7, 0, nothing);
    asm_load(program, BPF_B, R1, R7, offsetof(struct ebpf_watch, kind));
    asm_if(program, BPF_JEQ, R1, 0, nothing);
}

static void copy_registers(struct bpf_program *program, const struct ebpf *ebpf, const int registers[6])
{
    for (int i = 0; i < 6; i++) {
        ebpf_read(program, ebpf, BPF_DW, R1, R6, registers[i]);
        asm_store(program, BPF_DW, FP, AT_ARGUMENTS + 8 * i, R1);
    }
}

static void copy_arguments(struct bpf_program *program, const struct ebpf *ebpf)
{
    static const int native[] = ARCH_REGISTER_ARGUMENTS;
    /* An index is cut to three bits: so many places. */
    asm_store_value(program, BPF_DW, FP, AT_ARGUMENTS + 48, 0);
    asm_store_value(program, BPF_DW, FP, AT_ARGUMENTS + 56, 0);
#ifdef ARCH_TASK_IS_32
    static const int narrow[] = ARCH_REGISTER_ARGUMENTS_32;
    int wide = asm_label(program), done = asm_label(program);
    asm_load(program, BPF_W, R1, FP, EVENT(abi));
    asm_if(program, BPF_JNE, R1, ABI_I386, wide);
    copy_registers(program, ebpf, narrow);
    asm_jump(program, done);
    asm_place(program, wide);
    copy_registers(program, ebpf, native);
    asm_place(program, done);
#else
    copy_registers(program, ebpf, native);
#endif
}

static void choose_arguments(struct bpf_program *program)
{
    for (int i = 0; i < 3; i++) {
        int none = asm_label(program);
        asm_load(program, BPF_B, R1, R7, offsetof(struct ebpf_watch, count));
        asm_if(program, BPF_JLE, R1, i, none);
        asm_load(program, BPF_B, R1, R7, (int)offsetof(struct ebpf_watch, index) + i);
        asm_compute_by(program, BPF_AND, R1, 7);
        asm_compute_by(program, BPF_LSH, R1, 3);
        asm_address(program, R2, FP, AT_ARGUMENTS);
        asm_compute(program, BPF_ADD, R2, R1);
        asm_load(program, BPF_DW, R1, R2, 0);
        asm_store(program, BPF_DW, FP, EVENT(values) + 8 * i, R1);
        asm_place(program, none);
    }
}

/* r0 = 0 if the workload's memory at r3 could be read to `to`. */
static void read_user(struct bpf_program *program, int to, int size)
{
    asm_address(program, R1, FP, to);
    asm_set(program, R2, size);
    asm_call(program, BPF_FUNC_probe_read_user);
}

/* The call's number, and what the calls on sockets among them point to: see arguments_read(). */
static void choose_socketcall(struct bpf_program *program, int chosen, int unreadable)
{
    enum { SOCKET = 1, SOCKETPAIR = 8, SETSOCKOPT = 14, GETSOCKOPT = 15, WORDS = AT_ARGUMENTS + 16 };
    int three = asm_label(program), two = asm_label(program);
    asm_load(program, BPF_DW, R1, FP, AT_ARGUMENTS);
    asm_store(program, BPF_DW, FP, EVENT(values), R1);
    asm_load(program, BPF_DW, R3, FP, AT_ARGUMENTS + 8);
    asm_if(program, BPF_JEQ, R1, SOCKET, three);
    asm_if(program, BPF_JEQ, R1, SOCKETPAIR, three);
    asm_if(program, BPF_JEQ, R1, SETSOCKOPT, two);
    asm_if(program, BPF_JEQ, R1, GETSOCKOPT, two);
    asm_jump(program, chosen);
    for (int count = 3; count >= 2; count--) {
        asm_place(program, count == 3 ? three : two);
        if (count == 2) asm_compute_by(program, BPF_ADD, R3, 4);
        read_user(program, WORDS, 4 * count);
        asm_if(program, BPF_JNE, R0, 0, unreadable);
        for (int i = 0; i < count; i++) {
            asm_load(program, BPF_W, R1, FP, WORDS + 4 * i);
            asm_store(program, BPF_DW, FP, EVENT(values) + 8 * (i + 1), R1);
        }
        asm_jump(program, chosen);
    }
}

/* Once for each call that it happens to. */
static void tell_unreadable(struct bpf_program *program, const struct ebpf *ebpf, int done)
{
    asm_load(program, BPF_W, R1, R9, offsetof(struct ebpf_call, flags));
    asm_if(program, BPF_JSET, R1, EBPF_UNREADABLE, done);
    mark(program, EBPF_UNREADABLE);
    ebpf_tell(program, ebpf, EBPF_UNREAD);
    asm_jump(program, done);
}

/* Up to the limit; the one beyond is taken out again. */
static void keep_tuple(struct bpf_program *program, const struct ebpf *ebpf, int done)
{
    int many = asm_label(program), kept = asm_label(program), told = asm_label(program);
    ebpf_find(program, ebpf, MAP_TUPLES, AT_EVENT);
    asm_if(program, BPF_JNE, R0, 0, done);
    asm_store_value(program, BPF_W, FP, AT_SCRATCH, 1);
    ebpf_add(program, ebpf, MAP_TUPLES, AT_EVENT, AT_SCRATCH);
    asm_if(program, BPF_JEQ, R0, 0, kept);
    asm_if(program, BPF_JEQ, R0, -17 /* EEXIST: another processor was first */, done);
    ebpf_state_count(program, ebpf, BPF_DW, STATE(lost_tuples), 1, false);
    asm_jump(program, many);
    asm_place(program, kept);
    asm_set(program, R1, 1);
    asm_atomic(program, BPF_W, BPF_ADD | BPF_FETCH, R9, offsetof(struct ebpf_call, tuples), R1);
    asm_if(program, BPF_JLT, R1, TUPLE_LIMIT, told);
    asm_map(program, R1, ebpf->maps[MAP_TUPLES]);
    asm_address(program, R2, FP, AT_EVENT);
    asm_call(program, BPF_FUNC_map_delete_elem);
    asm_place(program, many);
    mark(program, EBPF_MANY);
    ebpf_tell(program, ebpf, EBPF_TOO_MANY);
    asm_jump(program, done);
    asm_place(program, told);
    ebpf_tell(program, ebpf, EBPF_TUPLE);
}

/* The arguments of the event's call, if it is a watched one; r7 is its number, and lost. */
static void look_at_arguments(struct bpf_program *program, const struct ebpf *ebpf, int done)
{
    int tuple = asm_label(program), unreadable = asm_label(program), clone3 = asm_label(program), socketcall = asm_label(program);
    find_watch(program, ebpf, done);
    asm_load(program, BPF_B, R2, R7, offsetof(struct ebpf_watch, count));
    asm_if(program, BPF_JEQ, R2, 0, done);
    asm_load(program, BPF_W, R2, R9, offsetof(struct ebpf_call, flags));
    asm_if(program, BPF_JSET, R2, EBPF_MANY, done);
    copy_arguments(program, ebpf);
    clear_values(program);
    asm_load(program, BPF_B, R1, R7, offsetof(struct ebpf_watch, kind));
    asm_if(program, BPF_JEQ, R1, EBPF_CLONE3, clone3);
    asm_if(program, BPF_JEQ, R1, EBPF_SOCKETCALL, socketcall);
    choose_arguments(program);
    asm_jump(program, tuple);
    asm_place(program, clone3);
    asm_load(program, BPF_DW, R3, FP, AT_ARGUMENTS);
    read_user(program, EVENT(values), 8);
    asm_if(program, BPF_JEQ, R0, 0, tuple);
    asm_place(program, unreadable);
    tell_unreadable(program, ebpf, done);
    asm_place(program, socketcall);
    choose_socketcall(program, tuple, unreadable);
    asm_place(program, tuple);
    keep_tuple(program, ebpf, done);
}

void ebpf_assemble_enter(struct bpf_program *program, const struct ebpf *ebpf)
{
    int out = asm_label(program);
    asm_load(program, BPF_DW, R6, R1, 0);
    asm_load(program, BPF_DW, R7, R1, 8);
    ebpf_find_task(program, ebpf, out);
    name_call(program, ebpf);
    asm_store(program, BPF_W, R8, offsetof(struct ebpf_task, nr), R7);
    asm_load(program, BPF_W, R1, FP, EVENT(abi));
    asm_store(program, BPF_W, R8, offsetof(struct ebpf_task, abi), R1);
    asm_store_value(program, BPF_W, R8, offsetof(struct ebpf_task, flags), EBPF_IN_CALL);
    count_call(program, ebpf, out);
    look_at_arguments(program, ebpf, out);
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
    find_watch(program, ebpf, watched);
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
    clear_values(program);
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
    static const int arguments[] = ARCH_REGISTER_ARGUMENTS;
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
    clear_values(program);
    ebpf_store_phase(program, ebpf, AT_EVENT);
    ebpf_tell(program, ebpf, EBPF_READY);
    asm_place(program, not_ready);
    find_watch(program, ebpf, out);
    asm_load(program, BPF_B, R1, R7, offsetof(struct ebpf_watch, notes));
    asm_if(program, BPF_JEQ, R1, 0, out);
    ebpf_read(program, ebpf, BPF_DW, R1, R6, arguments[0]);
    asm_load(program, BPF_W, R2, R7, offsetof(struct ebpf_watch, least));
    asm_if_both(program, BPF_JLT, R1, R2, out);
    asm_load(program, BPF_W, R2, R7, offsetof(struct ebpf_watch, most));
    asm_if_both(program, BPF_JGT, R1, R2, out);
    clear_values(program);
    ebpf_store_phase(program, ebpf, AT_EVENT);
    ebpf_tell(program, ebpf, EBPF_DONE);
}

/* A call that a filter denied has no entry here: its exit is the first that is seen of it. */
static void enter_late(struct bpf_program *program, const struct ebpf *ebpf, int result, int out)
{
    ebpf_read(program, ebpf, BPF_DW, R7, R6, ARCH_REGISTER_NUMBER);
    asm_lower(program, R7);
    asm_if(program, BPF_JGT, R7, INT32_MAX, out); /* it was put back to -1 */
    name_call(program, ebpf);
    count_call(program, ebpf, out);
    look_at_arguments(program, ebpf, result);
}

static void load_pending_call(struct bpf_program *program)
{
    asm_load(program, BPF_W, R1, R8, offsetof(struct ebpf_task, slot));
    asm_store(program, BPF_W, FP, EVENT(slot), R1);
    asm_load(program, BPF_W, R1, R8, offsetof(struct ebpf_task, abi));
    asm_store(program, BPF_W, FP, EVENT(abi), R1);
    asm_load(program, BPF_W, R1, R8, offsetof(struct ebpf_task, nr));
    asm_store(program, BPF_W, FP, EVENT(nr), R1);
}

/* r7 = the result as a signed number: 32-bit calls leave the upper half as it comes. */
static void load_result(struct bpf_program *program)
{
    asm_load(program, BPF_DW, R7, FP, AT_RESULT);
#ifdef ARCH_TASK_IS_32
    int wide = asm_label(program);
    asm_load(program, BPF_W, R1, FP, EVENT(abi));
    asm_if(program, BPF_JNE, R1, ABI_I386, wide);
    asm_lower_signed(program, R7);
    asm_store(program, BPF_DW, FP, AT_RESULT, R7);
    asm_place(program, wide);
#endif
}

/* As the kernel has laid them out for the new program: the number of its words, and where each of them is. */
static void tell_argv0(struct bpf_program *program, const struct ebpf *ebpf)
{
    enum { AT_EXEC = AT_RESULT - (int)sizeof(struct ebpf_exec), TEXT = AT_EXEC + (int)offsetof(struct ebpf_exec, path) };
    for (int i = 0; i < (int)sizeof(struct ebpf_exec); i += 8) asm_store_value(program, BPF_DW, FP, AT_EXEC + i, 0);
    ebpf_read(program, ebpf, BPF_DW, R7, R6, ARCH_REGISTER_STACK);
    asm_store_value(program, BPF_DW, FP, AT_SCRATCH, 0);
#ifdef ARCH_TASK_IS_32
    int wide = asm_label(program), read = asm_label(program);
    asm_call(program, ebpf->layout.typed ? BPF_FUNC_get_current_task_btf : BPF_FUNC_get_current_task);
    ebpf_read(program, ebpf, BPF_W, R1, R0, ebpf->layout.task_status);
    asm_compute_by(program, BPF_AND, R1, ARCH_TASK_IS_32);
    asm_store_value(program, BPF_DW, FP, AT_SCRATCH, 0);
    asm_if(program, BPF_JEQ, R1, 0, wide);
    asm_address(program, R3, R7, 4);
    read_user(program, AT_SCRATCH, 4);
    asm_jump(program, read);
    asm_place(program, wide);
#endif
    asm_address(program, R3, R7, 8);
    read_user(program, AT_SCRATCH, 8);
#ifdef ARCH_TASK_IS_32
    asm_place(program, read);
#endif
    asm_load(program, BPF_DW, R3, FP, AT_SCRATCH);
    asm_address(program, R1, FP, TEXT);
    asm_set(program, R2, EBPF_PATH);
    asm_call(program, BPF_FUNC_probe_read_user_str);
    asm_load(program, BPF_W, R1, R8, offsetof(struct ebpf_task, slot));
    asm_store(program, BPF_W, FP, AT_EXEC + (int)offsetof(struct ebpf_event, slot), R1);
    ebpf_tell_all(program, ebpf, EBPF_ARGV0, AT_EXEC, sizeof(struct ebpf_exec));
}

void ebpf_assemble_exit(struct bpf_program *program, const struct ebpf *ebpf)
{
    int out = asm_label(program), pending = asm_label(program), result = asm_label(program), failure = asm_label(program);
    int executed = asm_label(program);
    asm_load(program, BPF_DW, R6, R1, 0);
    asm_load(program, BPF_DW, R7, R1, 8);
    asm_store(program, BPF_DW, FP, AT_RESULT, R7);
    ebpf_find_task(program, ebpf, out);
    asm_load(program, BPF_W, R9, R8, offsetof(struct ebpf_task, flags));
    asm_store_value(program, BPF_W, R8, offsetof(struct ebpf_task, flags), 0);
    asm_if(program, BPF_JSET, R9, EBPF_IN_CALL, pending);
    asm_if(program, BPF_JSET, R9, EBPF_FRESH, out);
    enter_late(program, ebpf, result, out);
    asm_jump(program, result);
    asm_place(program, pending);
    asm_if(program, BPF_JSET, R9, EBPF_EXECUTED, executed);
    load_pending_call(program);
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
