#include "bpf_program.h"

#include <string.h>

static void emit(struct bpf_program *program, struct bpf_insn instruction, int label)
{
    if (program->count == BPF_CODE) {
        program->overflown = true;
        return;
    }
    program->code[program->count] = instruction;
    program->target[program->count++] = (int16_t)label;
}

static void plain(struct bpf_program *program, int code, int to, int from, int offset, int32_t value)
{
    emit(program,
         (struct bpf_insn){.code = (uint8_t)code,
                           .dst_reg = (uint8_t)(to & 15),
                           .src_reg = (uint8_t)(from & 15),
                           .off = (int16_t)offset,
                           .imm = value},
         -1);
}

void asm_begin(struct bpf_program *program, const char *name, enum bpf_prog_type type)
{
    memset(program, 0, sizeof *program);
    program->name = name;
    program->type = type;
}

int asm_label(struct bpf_program *program)
{
    if (program->labels == BPF_LABELS) {
        program->overflown = true;
        return 0;
    }
    return program->labels++;
}

void asm_place(struct bpf_program *program, int label)
{
    program->place[label] = (int16_t)program->count;
}

void asm_end(struct bpf_program *program)
{
    for (size_t i = 0; i < program->count; i++)
        if (program->target[i] >= 0) program->code[i].off = (int16_t)(program->place[program->target[i]] - (int16_t)i - 1);
}

void asm_move(struct bpf_program *program, int to, int from)
{
    plain(program, BPF_ALU64 | BPF_MOV | BPF_X, to, from, 0, 0);
}

void asm_set(struct bpf_program *program, int to, int32_t value)
{
    plain(program, BPF_ALU64 | BPF_MOV | BPF_K, to, 0, 0, value);
}

void asm_compute(struct bpf_program *program, int operation, int to, int from)
{
    plain(program, BPF_ALU64 | operation | BPF_X, to, from, 0, 0);
}

void asm_compute_by(struct bpf_program *program, int operation, int to, int32_t value)
{
    plain(program, BPF_ALU64 | operation | BPF_K, to, 0, 0, value);
}

void asm_lower(struct bpf_program *program, int to)
{
    plain(program, BPF_ALU | BPF_MOV | BPF_X, to, to, 0, 0);
}

void asm_lower_signed(struct bpf_program *program, int to)
{
    asm_compute_by(program, BPF_LSH, to, 32);
    asm_compute_by(program, BPF_ARSH, to, 32);
}

void asm_load(struct bpf_program *program, int size, int to, int base, int offset)
{
    plain(program, BPF_LDX | BPF_MEM | size, to, base, offset, 0);
}

void asm_store(struct bpf_program *program, int size, int base, int offset, int from)
{
    plain(program, BPF_STX | BPF_MEM | size, base, from, offset, 0);
}

void asm_store_value(struct bpf_program *program, int size, int base, int offset, int32_t value)
{
    plain(program, BPF_ST | BPF_MEM | size, base, 0, offset, value);
}

void asm_atomic(struct bpf_program *program, int size, int operation, int base, int offset, int from)
{
    plain(program, BPF_STX | BPF_ATOMIC | size, base, from, offset, operation);
}

void asm_address(struct bpf_program *program, int to, int base, int offset)
{
    asm_move(program, to, base);
    asm_compute_by(program, BPF_ADD, to, offset);
}

void asm_jump(struct bpf_program *program, int label)
{
    emit(program, (struct bpf_insn){.code = BPF_JMP | BPF_JA}, label);
}

void asm_if(struct bpf_program *program, int condition, int left, int32_t value, int label)
{
    emit(program,
         (struct bpf_insn){.code = (uint8_t)(BPF_JMP | condition | BPF_K), .dst_reg = (uint8_t)(left & 15), .imm = value},
         label);
}

void asm_if_both(struct bpf_program *program, int condition, int left, int right, int label)
{
    emit(program,
         (struct bpf_insn){.code = (uint8_t)(BPF_JMP | condition | BPF_X),
                           .dst_reg = (uint8_t)(left & 15),
                           .src_reg = (uint8_t)(right & 15)},
         label);
}

void asm_call(struct bpf_program *program, enum bpf_func_id helper)
{
    plain(program, BPF_JMP | BPF_CALL, 0, 0, 0, (int32_t)helper);
}

void asm_map(struct bpf_program *program, int to, int map)
{
    plain(program, BPF_LD | BPF_DW | BPF_IMM, to, BPF_PSEUDO_MAP_FD, 0, map);
    plain(program, 0, 0, 0, 0, 0);
}

void asm_map_value(struct bpf_program *program, int to, int map, int offset)
{
    plain(program, BPF_LD | BPF_DW | BPF_IMM, to, BPF_PSEUDO_MAP_VALUE, 0, map);
    plain(program, 0, 0, 0, 0, offset);
}

void asm_exit(struct bpf_program *program)
{
    asm_set(program, R0, 0);
    plain(program, BPF_JMP | BPF_EXIT, 0, 0, 0, 0);
}
