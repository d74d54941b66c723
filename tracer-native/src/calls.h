/*
 * What was seen: executables, their calls per ABI and number, results and watched arguments. Kept in memory with counts;
 * whatever is seen for the first time goes into the journal at once.
 */
#ifndef PROFGEN_CALLS_H
#define PROFGEN_CALLS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "abi.h"
#include "journal.h"
#include "phase.h"

enum { TUPLE_VALUES = 4, TUPLE_LIMIT = 64, EXE_BUCKETS = 256, CALL_BUCKETS = 64, NUMBERS = 1024 };

struct watched;

struct tuple {
    uint64_t values[TUPLE_VALUES];
};

struct errno_count {
    int error;
    uint64_t count;
};

/* One (executable, ABI, number). */
struct call {
    struct call *same_bucket, *next;
    const struct exe *exe;
    abi_t abi;
    int32_t nr;
    unsigned phases; /* 1 << phase for each in which it was seen */
    uint64_t count;
    struct errno_count *errnos;
    size_t nerrnos;
    const struct watched *watched; /* NULL: neither arguments nor results matter */
    uint64_t granted, refused; /* capabilities that were asked for in it, by a recorder that sees them */
    struct tuple *tuples;
    size_t ntuples;
    bool succeeded; /* at least once */
    bool many; /* more than TUPLE_LIMIT: no further tuples are looked at */
};

struct exe {
    struct exe *same_bucket, *next;
    unsigned id;
    unsigned remarks; /* the once-per-executable notes that were written */
    char *path;
    uint64_t quiet; /* calls since the last first sight */
    bool mature;    /* it has been quiet for as long as is wanted, in this phase */
    struct call *calls, **calls_end;
    struct call *buckets[CALL_BUCKETS];
};

struct calls {
    struct journal *journal;
    enum phase phase; /* now */
    unsigned nexes;
    uint64_t total, distinct;
    bool without_results; /* whether calls failed is not seen */
    uint64_t quiet_wanted; /* calls without a first sight, until no more is expected of an executable */
    /* By a filter: from then on how often they were made, with which results, is known at least only. Numbers from 0 on. */
    uint8_t let_through[ABI_COUNT][NUMBERS];
    struct exe *base; /* whose calls an earlier recording has, or NULL */
    struct exe *exes, **exes_end;
    struct exe *buckets[EXE_BUCKETS];
};

/* Who makes the call, as first sights name it. */
struct caller {
    pid_t pid;
    const char *argv0;
    uint64_t ns; /* when, by the journal's clock; 0: now */
};

void calls_init(struct calls *calls, struct journal *journal);
/* All calls from now on are of that phase. The cause is for the journal: what began it. */
void calls_begin_phase(struct calls *calls, enum phase phase, const char *cause);
struct exe *calls_exe(struct calls *calls, const char *path, struct caller caller);
struct call *calls_enter(struct calls *calls, struct exe *exe, abi_t abi, int32_t nr, struct caller caller);
/* Like one that was let through: its result is not going to be seen. */
void calls_uncount(struct calls *calls, struct call *call);
void calls_succeeded(struct call *call);
void calls_failed(struct calls *calls, struct call *call, int error, uint64_t times);
void calls_tuple(struct calls *calls, struct exe *exe, struct call *call, const uint64_t *values, size_t count);
/* Where there is none of it yet. */
struct call *calls_add(struct exe *exe, abi_t abi, int32_t nr);
/* NULL: it has not been seen. */
struct call *calls_find(struct exe *exe, abi_t abi, int32_t nr);
/* From now on no tuple of it is kept. */
void calls_many(struct calls *calls, struct call *call);
/* For a recorder that counts elsewhere, and tells here at the end. */
void calls_forget_counts(struct calls *calls);
void calls_write_counts(const struct calls *calls);

/* What lines about a call have in common. */
void calls_begin_line(struct journal *journal, const char *type, const struct call *call);
void calls_write_caller(struct journal *journal, struct caller caller);

#endif
