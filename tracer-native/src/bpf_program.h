/* A small assembler of BPF programs: instructions one by one, jumps to labels that may come later. */
#ifndef PROFGEN_BPF_PROGRAM_H
#define PROFGEN_BPF_PROGRAM_H

#include <linux/bpf.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { BPF_CODE = 1024, BPF_LABELS = 96 };
/* r0 results, r1-r5 arguments and lost in calls, r6-r9 kept, r10 the end of the stack. */
enum { R0, R1, R2, R3, R4, R5, R6, R7, R8, R9, FP };

struct bpf_program {
    const char *name;
    enum bpf_prog_type type;
    struct bpf_insn code[BPF_CODE];
    int16_t target[BPF_CODE]; /* the label that a jump leads to, -1: no jump */
    int16_t place[BPF_LABELS];
    size_t count;
    int labels;
    bool overflown;
};

void asm_begin(struct bpf_program *program, const char *name, enum bpf_prog_type type);
int asm_label(struct bpf_program *program);             /* a new one, to be placed once */
void asm_place(struct bpf_program *program, int label); /* here */
void asm_end(struct bpf_program *program);              /* all labels are known now */

void asm_move(struct bpf_program *program, int to, int from);
void asm_set(struct bpf_program *program, int to, int32_t value);
/* BPF_ADD, BPF_AND, BPF_LSH ... on 64 bits. */
void asm_compute(struct bpf_program *program, int operation, int to, int from);
void asm_compute_by(struct bpf_program *program, int operation, int to, int32_t value);
/* Its lower half alone, or as a signed number. */
void asm_lower(struct bpf_program *program, int to);
void asm_lower_signed(struct bpf_program *program, int to);

/* size: BPF_B, BPF_W, BPF_DW */
void asm_load(struct bpf_program *program, int size, int to, int base, int offset);
void asm_store(struct bpf_program *program, int size, int base, int offset, int from);
void asm_store_value(struct bpf_program *program, int size, int base, int offset, int32_t value);
/* Adds or ors at once for all processors; with BPF_FETCH in operation `from` gets what was there. */
void asm_atomic(struct bpf_program *program, int size, int operation, int base, int offset, int from);
void asm_address(struct bpf_program *program, int to, int base, int offset);

void asm_jump(struct bpf_program *program, int label);
/* condition: BPF_JEQ, BPF_JSET ... on 64 bits. */
void asm_if(struct bpf_program *program, int condition, int left, int32_t value, int label);
void asm_if_both(struct bpf_program *program, int condition, int left, int right, int label);

void asm_call(struct bpf_program *program, enum bpf_func_id helper);
void asm_map(struct bpf_program *program, int to, int map);
/* The address of what an array of one element holds. */
void asm_map_value(struct bpf_program *program, int to, int map, int offset);
void asm_exit(struct bpf_program *program);

#endif
