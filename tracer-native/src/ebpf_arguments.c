/* What the programs of ebpf_calls.c look at of a call's arguments. r6 is where they are, r7 the number, r8 the task, r9 the call. */
#include "ebpf_arguments.h"

#include "abi.h"
#include "calls.h"

static const int native[] = ARCH_REGISTER_ARGUMENTS, narrow[] = ARCH_REGISTER_ARGUMENTS_32;

void ebpf_clear_values(struct bpf_program *program)
{
    ebpf_clear(program, EVENT(values), 4 * sizeof(uint64_t));
}

void ebpf_unless_native(struct bpf_program *program, int other)
{
    asm_load(program, BPF_W, R1, FP, EVENT(abi));
    asm_if(program, BPF_JNE, R1, ARCH_ABI, other);
    asm_if(program, BPF_JGE, R7, EBPF_NUMBERS, other);
}

void ebpf_find_watch(struct bpf_program *program, const struct ebpf *ebpf, int nothing)
{
    asm_load(program, BPF_W, R1, FP, EVENT(abi));
    asm_if(program, BPF_JGE, R1, ABI_COUNT, nothing);
    asm_if(program, BPF_JGE, R7, EBPF_WATCHED, nothing);
    asm_compute_by(program, BPF_MUL, R1, EBPF_WATCHED);
    asm_compute(program, BPF_ADD, R1, R7);
    asm_store(program, BPF_W, FP, AT_SCRATCH, R1);
    ebpf_find(program, ebpf, MAP_WATCHED, AT_SCRATCH);
    asm_move(program, R7, R0);
    asm_if(program, BPF_JEQ, R7, 0, nothing);
    asm_load(program, BPF_B, R1, R7, offsetof(struct ebpf_watch, kind));
    asm_if(program, BPF_JEQ, R1, 0, nothing);
}

static void mark(struct bpf_program *program, int32_t flag)
{
    asm_set(program, R1, flag);
    asm_atomic(program, BPF_W, BPF_OR, R9, offsetof(struct ebpf_call, flags), R1);
}

/* What is seldom looked at is read by helpers: see find_file(). */
static void copy_registers(struct bpf_program *program, const struct ebpf *ebpf, const int registers[6], bool of_entry)
{
    for (int i = 0; i < 6; i++) {
        if (of_entry)
            ebpf_read(program, ebpf, BPF_DW, R1, R6, registers[i]);
        else
            ebpf_read_by_helper(program, BPF_DW, R1, R6, registers[i]);
        asm_store(program, BPF_DW, FP, AT_ARGUMENTS + 8 * i, R1);
    }
}

/* As the event has them, of whatever ABI. */
static void copy_event_arguments(struct bpf_program *program, const struct ebpf *ebpf)
{
    for (int i = 0; i < 6; i++) {
        asm_load(program, BPF_DW, R1, R6, ebpf->layout.enter_arguments + 8 * i);
        asm_store(program, BPF_DW, FP, AT_ARGUMENTS + 8 * i, R1);
    }
}

static void copy_arguments(struct bpf_program *program, const struct ebpf *ebpf, bool of_entry)
{
    /* An index is cut to three bits: so many places. */
    asm_store_value(program, BPF_DW, FP, AT_ARGUMENTS + 48, 0);
    asm_store_value(program, BPF_DW, FP, AT_ARGUMENTS + 56, 0);
    if (of_entry && ebpf_of_event(program)) {
        copy_event_arguments(program, ebpf);
        return;
    }
    if (!ARCH_TASK_IS_32) {
        copy_registers(program, ebpf, native, of_entry);
        return;
    }
    int wide = asm_label(program), done = asm_label(program);
    asm_load(program, BPF_W, R1, FP, EVENT(abi));
    asm_if(program, BPF_JNE, R1, ARCH_ABI_32, wide);
    copy_registers(program, ebpf, narrow, of_entry);
    asm_jump(program, done);
    asm_place(program, wide);
    copy_registers(program, ebpf, native, of_entry);
    asm_place(program, done);
}

void ebpf_read_first_argument(struct bpf_program *program)
{
    if (!ARCH_TASK_IS_32) {
        ebpf_read_by_helper(program, BPF_DW, R1, R6, native[0]);
        return;
    }
    int wide = asm_label(program), done = asm_label(program);
    asm_load(program, BPF_W, R1, FP, EVENT(abi));
    asm_if(program, BPF_JNE, R1, ARCH_ABI_32, wide);
    ebpf_read_by_helper(program, BPF_DW, R1, R6, narrow[0]);
    asm_lower(program, R1);
    asm_jump(program, done);
    asm_place(program, wide);
    ebpf_read_by_helper(program, BPF_DW, R1, R6, native[0]);
    asm_place(program, done);
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

void ebpf_read_user(struct bpf_program *program, int to, int size)
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
        ebpf_read_user(program, WORDS, 4 * count);
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

void ebpf_look_at_arguments(struct bpf_program *program, const struct ebpf *ebpf, bool of_entry, int plain, int done)
{
    int tuple = asm_label(program), unreadable = asm_label(program), clone3 = asm_label(program), socketcall = asm_label(program);
    ebpf_find_watch(program, ebpf, plain);
    asm_load(program, BPF_B, R2, R7, offsetof(struct ebpf_watch, count));
    asm_if(program, BPF_JEQ, R2, 0, done);
    asm_load(program, BPF_W, R2, R9, offsetof(struct ebpf_call, flags));
    asm_if(program, BPF_JSET, R2, EBPF_MANY, done);
    copy_arguments(program, ebpf, of_entry);
    ebpf_clear_values(program);
    asm_load(program, BPF_B, R1, R7, offsetof(struct ebpf_watch, kind));
    asm_if(program, BPF_JEQ, R1, EBPF_CLONE3, clone3);
    asm_if(program, BPF_JEQ, R1, EBPF_SOCKETCALL, socketcall);
    choose_arguments(program);
    asm_jump(program, tuple);
    asm_place(program, clone3);
    asm_load(program, BPF_DW, R3, FP, AT_ARGUMENTS);
    ebpf_read_user(program, EVENT(values), 8);
    asm_if(program, BPF_JEQ, R0, 0, tuple);
    asm_place(program, unreadable);
    tell_unreadable(program, ebpf, done);
    asm_place(program, socketcall);
    choose_socketcall(program, tuple, unreadable);
    asm_place(program, tuple);
    keep_tuple(program, ebpf, done);
}
