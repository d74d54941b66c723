/* The calls that the workload's filter refused, by executable, ABI, number and answer. */
#ifndef PROFGEN_DENIALS_H
#define PROFGEN_DENIALS_H

#include <stddef.h>
#include <stdint.h>

#include "calls.h"

enum { DENIAL_SETS = 8 };

struct denial {
    struct denial *next;
    const struct call *call;
    uint32_t answer;
    uint64_t count;
    unsigned phases; /* 1 << phase for each in which it was refused */
    size_t nsets; /* of arguments; more than DENIAL_SETS are counted only */
    uint64_t sets[DENIAL_SETS][6];
};

struct denials {
    struct denial *first, **end;
};

void denials_init(struct denials *denials);
/* Writes what is seen for the first time, or for the first time in this phase, into the journal at once. */
void denials_add(struct denials *denials, const struct calls *calls, const struct call *call, uint32_t answer,
                 const uint64_t arguments[6], struct caller caller);
void denials_write_counts(const struct denials *denials, struct journal *journal);

#endif
