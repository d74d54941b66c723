#include "passing.h"

#include <errno.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>

#include "arguments.h"
#include "memory.h"
#include "ours.h"

enum { MANY_TESTS = 3000 }; /* instructions; of the 4096 that a program may have */

/* A number of an ABI, as all executables together have shown it. */
struct known {
    bool seen, succeeded, many;
    const struct watched *watched;
    size_t ntuples;
    struct tuple *tuples; /* room for TUPLE_LIMIT, or NULL */
};

/* From this number on, to the next one's: what the filter answers. */
struct range {
    uint32_t from;
    const struct known *tested; /* NULL: the same for all arguments */
    bool passes;
};

struct program {
    struct sock_filter code[BPF_MAXINSNS];
    size_t length; /* grows beyond what fits, and is then of no use */
};

static void emit(struct program *program, uint16_t code, uint8_t jt, uint8_t jf, uint32_t k)
{
    if (program->length < BPF_MAXINSNS) program->code[program->length] = (struct sock_filter){code, jt, jf, k};
    program->length++;
}

static void emit_answer(struct program *program, uint32_t answer)
{
    emit(program, BPF_RET | BPF_K, 0, 0, answer);
}

static void add_tuples(struct known *known, const struct call *call)
{
    if (call->ntuples && !known->tuples) known->tuples = memory_new(TUPLE_LIMIT * sizeof *known->tuples);
    for (size_t i = 0; i < call->ntuples; i++) {
        bool had = false;
        for (size_t j = 0; j < known->ntuples; j++) had |= !memcmp(&known->tuples[j], &call->tuples[i], sizeof *call->tuples);
        if (!had && known->ntuples < TUPLE_LIMIT) known->tuples[known->ntuples++] = call->tuples[i];
    }
}

static void add_call(struct known *known, const struct call *call)
{
    known->seen = true;
    known->succeeded |= call->succeeded;
    known->many |= call->many;
    known->watched = call->watched;
    add_tuples(known, call);
}

static void add_calls(struct known *all, const struct exe *exe)
{
    for (const struct call *call = exe->calls; call; call = call->next)
        if (call->abi < ABI_COUNT && call->nr >= 0 && call->nr < NUMBERS)
            add_call(&all[call->abi * NUMBERS + (unsigned)call->nr], call);
}

/* [abi * NUMBERS + number] */
static struct known *gather(const struct calls *calls)
{
    struct known *all = memory_new(ABI_COUNT * NUMBERS * sizeof *all);
    for (const struct exe *exe = calls->exes; exe; exe = exe->next) add_calls(all, exe);
    if (calls->base) add_calls(all, calls->base);
    return all;
}

/* Arguments that the filter cannot see, or that must not be what they may be. */
static bool is_never_let_through(const struct known *known)
{
    enum role role = known->watched ? known->watched->role : ROLE_NONE;
    return !known->succeeded || role == ROLE_CLONE3 || role == ROLE_SECCOMP || (role == ROLE_SOCKETCALL && !known->many);
}

static bool is_kept_back(const struct watched *watched, uint64_t first)
{
    return (watched->role == ROLE_CLONE && first & CLONE_UNTRACED) ||
           (watched->role == ROLE_PRCTL && first == PR_SET_SECCOMP);
}

static bool needs_tests(const struct known *known)
{
    const struct watched *watched = known->watched;
    return watched && watched->count > 0 && (!known->many || watched->role == ROLE_CLONE || watched->role == ROLE_PRCTL);
}

/* Where a test does not hold, on to the next tuple. */
static void emit_half(struct program *program, size_t offset, uint32_t value, size_t next)
{
    emit(program, BPF_LD | BPF_W | BPF_ABS, 0, 0, (uint32_t)offset);
    emit(program, BPF_JMP | BPF_JEQ | BPF_K, 0, (uint8_t)(next - program->length - 1), value);
}

static void emit_tests(struct program *program, const struct known *known)
{
    const struct watched *watched = known->watched;
    for (size_t i = 0; i < known->ntuples; i++) {
        const uint64_t *values = known->tuples[i].values;
        if (is_kept_back(watched, values[0])) continue;
        size_t next = program->length + 4u * watched->count + 1;
        for (int j = 0; j < watched->count; j++) {
            size_t offset = offsetof(struct seccomp_data, args) + 8u * watched->index[j];
            emit_half(program, offset, (uint32_t)values[j], next);
            emit_half(program, offset + 4, (uint32_t)(values[j] >> 32), next);
        }
        emit_answer(program, SECCOMP_RET_ALLOW);
    }
    emit_answer(program, STOP_BY_OURS);
}

/* A search tree over the numbers: where nothing but the number counts, the kernel can keep the answer. */
static void emit_ranges(struct program *program, const struct range *ranges, size_t count)
{
    if (count == 1) {
        if (ranges->tested)
            emit_tests(program, ranges->tested);
        else
            emit_answer(program, ranges->passes ? SECCOMP_RET_ALLOW : STOP_BY_OURS);
        return;
    }
    size_t middle = count / 2;
    emit(program, BPF_JMP | BPF_JGE | BPF_K, 0, 1, ranges[middle].from);
    size_t at = program->length;
    emit(program, BPF_JMP | BPF_JA, 0, 0, 0);
    emit_ranges(program, ranges, middle);
    if (at < BPF_MAXINSNS) program->code[at].k = (uint32_t)(program->length - at - 1);
    emit_ranges(program, ranges + middle, count - middle);
}

/* Those of one ABI, whose numbers begin at base; the number of ranges. */
static size_t add_ranges(struct range *ranges, size_t count, uint8_t let_through[NUMBERS], const struct known *known, uint32_t base)
{
    for (uint32_t nr = 0; nr <= NUMBERS; nr++) {
        bool passes = nr < NUMBERS && known[nr].seen && !is_never_let_through(&known[nr]);
        bool tested = passes && needs_tests(&known[nr]);
        if (passes) let_through[nr] = 1;
        const struct range *last = count ? &ranges[count - 1] : NULL;
        if (last && !last->tested && !tested && last->passes == passes) continue;
        ranges[count] = (struct range){base + nr, tested ? &known[nr] : NULL, passes};
        count++;
    }
    return count;
}

static void emit_architecture(struct program *program, struct calls *calls, const struct known *all, abi_t abi, abi_t with_bit)
{
    static struct range ranges[2 * (NUMBERS + 1)];
    size_t count = add_ranges(ranges, 0, calls->let_through[abi], &all[abi * NUMBERS], 0);
    if (with_bit != abi)
        count = add_ranges(ranges, count, calls->let_through[with_bit], &all[with_bit * NUMBERS], X32_BIT);
    emit(program, BPF_LD | BPF_W | BPF_ABS, 0, 0, offsetof(struct seccomp_data, arch));
    emit(program, BPF_JMP | BPF_JEQ | BPF_K, 1, 0, abi_audit(abi));
    size_t at = program->length;
    emit(program, BPF_JMP | BPF_JA, 0, 0, 0);
    emit(program, BPF_LD | BPF_W | BPF_ABS, 0, 0, offsetof(struct seccomp_data, nr));
    emit_ranges(program, ranges, count);
    if (at < BPF_MAXINSNS) program->code[at].k = (uint32_t)(program->length - at - 1);
}

static size_t size_of_tests(const struct known *known)
{
    return known->ntuples * (4u * known->watched->count + 1);
}

/* The calls with the most tests go on stopping. */
static void fit_tests(struct known *all)
{
    for (;;) {
        struct known *longest = NULL;
        size_t size = 0;
        for (size_t i = 0; i < (size_t)ABI_COUNT * NUMBERS; i++) {
            if (!all[i].seen || is_never_let_through(&all[i]) || !needs_tests(&all[i])) continue;
            size += size_of_tests(&all[i]);
            if (!longest || size_of_tests(&all[i]) > size_of_tests(longest)) longest = &all[i];
        }
        if (size <= MANY_TESTS) return;
        longest->succeeded = false;
    }
}

int passing_filter(struct calls *calls, int32_t awaited, struct sock_fprog *program)
{
    struct program *made = memory_new(sizeof *made);
    struct known *all = gather(calls);
    if (awaited >= 0 && awaited < NUMBERS) all[ARCH_ABI * NUMBERS + (unsigned)awaited].succeeded = false;
    fit_tests(all);
    emit_architecture(made, calls, all, ARCH_ABI, ARCH_ABI_WITH_BIT);
    if (ARCH_ABI_32 != ARCH_ABI) emit_architecture(made, calls, all, ARCH_ABI_32, ARCH_ABI_32);
    emit_answer(made, STOP_BY_OURS);
    for (size_t i = 0; i < (size_t)ABI_COUNT * NUMBERS; i++) free(all[i].tuples);
    free(all);
    if (made->length > BPF_MAXINSNS) {
        free(made);
        return -E2BIG;
    }
    program->len = (unsigned short)made->length;
    program->filter = memory_resize(made, made->length * sizeof *made->code);
    return 0;
}
