/* What the programs at the entry and the exit of calls do about arguments. */
#ifndef PROFGEN_EBPF_ARGUMENTS_H
#define PROFGEN_EBPF_ARGUMENTS_H

#include "ebpf_assembly.h"

void ebpf_clear_values(struct bpf_program *program);
/* Elsewhere than to `other` if the event's call is a native one with a place in the arrays; r7 is its number. */
void ebpf_unless_native(struct bpf_program *program, int other);
/* r7 = what is watched of the event's call, whose number it is; to `nothing` if that is nothing. */
void ebpf_find_watch(struct bpf_program *program, const struct ebpf *ebpf, int nothing);
/* r0 = 0 if the workload's memory at r3 could be read to `to`. */
void ebpf_read_user(struct bpf_program *program, int to, int size);
/* r1 = the first argument of the event's call, from the registers that r6 points to. */
void ebpf_read_first_argument(struct bpf_program *program);
/*
 * The arguments of the event's call, if it is a watched one, else to `plain`; r7 is its number, and lost. They are in the
 * registers that r6 points to; with of_entry they are where the program has them at the entry of a call.
 */
void ebpf_look_at_arguments(struct bpf_program *program, const struct ebpf *ebpf, bool of_entry, int plain, int done);

#endif
