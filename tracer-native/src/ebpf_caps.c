/*
 * The program that sees capabilities checked: at the tracepoint capability:cap_capable, before Linux 6.14 at the exit of the
 * function of that name. Callers in its own file may have a compiler's copy of it, whose checks are not seen there: see
 * take_unseen_capabilities(). It leaves out what the kernel
 * asks on its own behalf: under other credentials than the task's own, as overlayfs does; and in every growth of memory.
 */
#include <linux/capability.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "ebpf_arguments.h"

enum { AT_STACK = AT_RESULT - 8 * EBPF_FRAMES };

static void take_stack(struct bpf_program *program)
{
    ebpf_clear(program, AT_STACK, 8 * EBPF_FRAMES);
    asm_load(program, BPF_DW, R1, FP, AT_SCRATCH);
    asm_address(program, R2, FP, AT_STACK);
    asm_set(program, R3, 8 * EBPF_FRAMES);
    asm_set(program, R4, 0);
    asm_call(program, BPF_FUNC_get_stack);
}

/* For ebpf_learn_memory_check(). */
static void keep_stack(struct bpf_program *program, const struct ebpf *ebpf, int out)
{
    asm_if(program, BPF_JNE, R7, CAP_SYS_ADMIN, out);
    take_stack(program);
    asm_map_value(program, R3, ebpf->maps[MAP_STATE], STATE(frames));
    for (int i = 0; i < EBPF_FRAMES; i++) {
        asm_load(program, BPF_DW, R4, FP, AT_STACK + 8 * i);
        asm_store(program, BPF_DW, R3, 8 * i, R4);
    }
}

/* The growth of memory asks from one place of the kernel, which is known by its return address. */
static void leave_out_memory(struct bpf_program *program, const struct ebpf *ebpf, int out)
{
    int other = asm_label(program);
    asm_if(program, BPF_JNE, R7, CAP_SYS_ADMIN, other);
    ebpf_state_load(program, ebpf, BPF_DW, R1, STATE(memory_check));
    asm_if(program, BPF_JEQ, R1, 0, other);
    take_stack(program);
    ebpf_state_load(program, ebpf, BPF_DW, R1, STATE(memory_check));
    for (int i = 0; i < EBPF_FRAMES; i++) {
        asm_load(program, BPF_DW, R2, FP, AT_STACK + 8 * i);
        asm_if_both(program, BPF_JEQ, R1, R2, out);
    }
    asm_place(program, other);
}

/* r6: credentials, r7: capability, r9: result. */
void ebpf_assemble_capable(struct bpf_program *program, const struct ebpf *ebpf)
{
    int out = asm_label(program), refused = asm_label(program), more = asm_label(program), probe = asm_label(program);
    asm_store(program, BPF_DW, FP, AT_SCRATCH, R1);
    asm_load(program, BPF_DW, R6, R1, 0);
    asm_load(program, BPF_DW, R7, R1, ebpf->layout.capable_is_function ? 16 : 24);
    asm_load(program, BPF_DW, R9, R1, 32);
    asm_lower(program, R7);
    asm_lower(program, R9);
    asm_call(program, BPF_FUNC_get_current_pid_tgid);
    asm_store(program, BPF_DW, FP, AT_PID, R0);
    ebpf_state_load(program, ebpf, BPF_W, R1, STATE(probing));
    asm_load(program, BPF_W, R2, FP, AT_PID);
    asm_if_both(program, BPF_JEQ, R1, R2, probe);
    ebpf_find_task(program, ebpf, out);
    leave_out_memory(program, ebpf, out);
    asm_load(program, BPF_W, R1, R8, TASK(flags));
    asm_compute_by(program, BPF_AND, R1, EBPF_IN_CALL);
    asm_if(program, BPF_JEQ, R1, 0, out);
    asm_call(program, BPF_FUNC_get_current_task);
    ebpf_read_by_helper(program, BPF_DW, R1, R0, ebpf->layout.task_cred);
    asm_if_both(program, BPF_JNE, R1, R6, out);
    asm_if(program, BPF_JNE, R9, 0, refused);
    asm_compute_by(program, BPF_OR, R7, EBPF_GRANTED);
    asm_place(program, refused);
    ebpf_load_pending_call(program);
    asm_store(program, BPF_W, FP, EVENT(error), R7);
    ebpf_find(program, ebpf, MAP_CAPABILITIES, AT_EVENT);
    asm_if(program, BPF_JNE, R0, 0, more);
    ebpf_clear_values(program);
    asm_store_value(program, BPF_DW, FP, EVENT(values), 1);
    ebpf_add(program, ebpf, MAP_CAPABILITIES, AT_EVENT, EVENT(values));
    ebpf_store_phase(program, ebpf, AT_EVENT);
    ebpf_tell(program, ebpf, EBPF_CAPABILITY);
    asm_jump(program, out);
    asm_place(program, more);
    asm_set(program, R1, 1);
    asm_atomic(program, BPF_DW, BPF_ADD, R0, 0, R1);
    asm_jump(program, out);
    asm_place(program, probe);
    keep_stack(program, ebpf, out);
    asm_place(program, out);
    asm_exit(program);
}

/*
 * This process asks in both ways. Up to the place where the capability is asked for the two stacks are the same; where they
 * part, the growth of memory has its own return address.
 */
void ebpf_learn_memory_check(struct ebpf *ebpf)
{
    struct ebpf_state *state = ebpf->state;
    uint64_t growth[EBPF_FRAMES], other[EBPF_FRAMES];
    state->probing = (uint32_t)getpid();
    void *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    memcpy(growth, state->frames, sizeof growth);
    memset(state->frames, 0, sizeof state->frames);
    syscall(SYS_sethostname, "", -1L); /* the name is never looked at: its length is wrong */
    memcpy(other, state->frames, sizeof other);
    state->probing = 0;
    if (page != MAP_FAILED) munmap(page, 4096);
    int same = 0;
    while (same < EBPF_FRAMES && growth[same] && growth[same] == other[same]) same++;
    if (same < EBPF_FRAMES && other[0]) state->memory_check = growth[same];
}
