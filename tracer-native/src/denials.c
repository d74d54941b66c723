#include "denials.h"

#include <stdbool.h>
#include <string.h>

#include "memory.h"

void denials_init(struct denials *denials)
{
    *denials = (struct denials){0};
    denials->end = &denials->first;
}

static struct denial *find(struct denials *denials, const struct call *call, uint32_t answer)
{
    for (struct denial *denial = denials->first; denial; denial = denial->next)
        if (denial->call == call && denial->answer == answer) return denial;
    struct denial *denial = memory_new(sizeof *denial);
    denial->call = call;
    denial->answer = answer;
    *denials->end = denial;
    denials->end = &denial->next;
    return denial;
}

static void write_first_sight(struct journal *journal, const struct denial *denial, const uint64_t arguments[6], struct caller caller)
{
    calls_begin_line(journal, "denied", denial->call);
    journal_number(journal, "answer", denial->answer);
    journal_numbers(journal, "args", arguments, 6);
    calls_write_caller(journal, caller);
    journal_end(journal);
}

/* Whether it is the first time; more sets than there is room for are not told apart. */
static bool add_set(struct denial *denial, const uint64_t arguments[6])
{
    size_t size = sizeof denial->sets[0];
    for (size_t i = 0; i < denial->nsets; i++)
        if (!memcmp(denial->sets[i], arguments, size)) return false;
    if (denial->nsets == DENIAL_SETS) return false;
    memcpy(denial->sets[denial->nsets++], arguments, size);
    return true;
}

void denials_add(struct denials *denials, const struct calls *calls, const struct call *call, uint32_t answer,
                 const uint64_t arguments[6], struct caller caller)
{
    struct denial *denial = find(denials, call, answer);
    bool new_phase = !(denial->phases & 1u << calls->phase);
    bool new_set = add_set(denial, arguments);
    denial->count++;
    denial->phases |= 1u << calls->phase;
    if (new_set || new_phase) write_first_sight(calls->journal, denial, arguments, caller);
}

void denials_write_counts(const struct denials *denials, struct journal *journal)
{
    for (const struct denial *denial = denials->first; denial; denial = denial->next) {
        calls_begin_line(journal, "denied-count", denial->call);
        journal_number(journal, "answer", denial->answer);
        journal_number(journal, "calls", denial->count);
        journal_end(journal);
    }
}
