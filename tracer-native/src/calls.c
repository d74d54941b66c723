#include "calls.h"

#include <stdio.h>
#include <string.h>

#include "arguments.h"
#include "memory.h"

enum { QUIET_MOST = 4000, EXE_LIMIT = 2048 };

static const char others[] = "(other)";

void calls_init(struct calls *calls, struct journal *journal)
{
    *calls = (struct calls){.journal = journal};
    calls->exes_end = &calls->exes;
}

static unsigned path_bucket(const char *path)
{
    uint32_t hash = 2166136261u;
    for (; *path; path++) hash = (hash ^ (unsigned char)*path) * 16777619u;
    return (hash ^ hash >> 16) % EXE_BUCKETS;
}

void calls_write_caller(struct journal *journal, struct caller caller)
{
    journal_number(journal, "ns", caller.ns ? caller.ns : journal_now(journal));
    journal_signed(journal, "pid", caller.pid);
    journal_text(journal, "argv0", caller.argv0);
}

static struct exe *add_exe(struct calls *calls, const char *path, struct caller caller)
{
    struct exe **bucket = &calls->buckets[path_bucket(path)], *exe = memory_new(sizeof *exe);
    exe->id = calls->nexes++;
    exe->path = memory_text(path);
    exe->calls_end = &exe->calls;
    exe->same_bucket = *bucket;
    *bucket = exe;
    *calls->exes_end = exe;
    calls->exes_end = &exe->next;
    journal_begin(calls->journal, "exe");
    journal_number(calls->journal, "id", exe->id);
    journal_text(calls->journal, "path", path);
    calls_write_caller(calls->journal, caller);
    journal_end(calls->journal);
    return exe;
}

static struct exe *find_exe(const struct calls *calls, const char *path)
{
    struct exe *exe = calls->buckets[path_bucket(path)];
    while (exe && strcmp(exe->path, path)) exe = exe->same_bucket;
    return exe;
}

static struct exe *other_exe(struct calls *calls, struct caller caller)
{
    struct exe *other = find_exe(calls, others);
    if (other) return other;
    journal_note(calls->journal, "many-executables",
                 "more executables than can be told apart: the calls of the later ones are those of (other)");
    return add_exe(calls, others, caller);
}

struct exe *calls_exe(struct calls *calls, const char *path, struct caller caller)
{
    struct exe *exe = find_exe(calls, path);
    if (exe) return exe;
    return calls->nexes < EXE_LIMIT - 1 ? add_exe(calls, path, caller) : other_exe(calls, caller);
}

void calls_begin_line(struct journal *journal, const char *type, const struct call *call)
{
    char buffer[32];
    journal_begin(journal, type);
    journal_number(journal, "exe", call->exe->id);
    journal_text(journal, "abi", abi_name(call->abi, buffer, sizeof buffer));
    journal_signed(journal, "nr", call->nr);
}

void calls_begin_phase(struct calls *calls, enum phase phase, const char *cause)
{
    calls->phase = phase;
    for (struct exe *exe = calls->exes; exe; exe = exe->next) {
        exe->mature = false;
        exe->quiet = 0;
    }
    journal_begin(calls->journal, "phase");
    journal_text(calls->journal, "phase", phase_name(phase));
    journal_number(calls->journal, "ns", journal_now(calls->journal));
    journal_text(calls->journal, "cause", cause);
    journal_end(calls->journal);
}

/* Where news come after a long silence, silence has to be longer before it is taken for the end of news. */
static void first_sight(struct calls *calls, struct exe *exe)
{
    uint64_t longer = 2 * exe->quiet;
    if (!exe->mature && longer > calls->quiet_wanted) calls->quiet_wanted = longer < QUIET_MOST ? longer : QUIET_MOST;
    exe->quiet = 0;
}

static void no_first_sight(const struct calls *calls, struct exe *exe)
{
    if (++exe->quiet >= calls->quiet_wanted) exe->mature = true;
}

/* A call that an earlier phase has shown is told once more, so that each phase has its own. */
static void seen_in_phase(struct calls *calls, struct call *call)
{
    call->phases |= 1u << calls->phase;
    calls_begin_line(calls->journal, "call-phase", call);
    journal_text(calls->journal, "phase", phase_name(calls->phase));
    journal_end(calls->journal);
}

static struct call **call_bucket(struct exe *exe, abi_t abi, int32_t nr)
{
    return &exe->buckets[((uint32_t)nr + (uint32_t)abi * 31) % CALL_BUCKETS];
}

struct call *calls_find(struct exe *exe, abi_t abi, int32_t nr)
{
    struct call *call = *call_bucket(exe, abi, nr);
    while (call && (call->nr != nr || call->abi != abi)) call = call->same_bucket;
    return call;
}

struct call *calls_add(struct exe *exe, abi_t abi, int32_t nr)
{
    struct call **bucket = call_bucket(exe, abi, nr), *call = memory_new(sizeof *call);
    *call = (struct call){.same_bucket = *bucket, .exe = exe, .abi = abi, .nr = nr, .watched = arguments_watched(abi, nr)};
    *bucket = call;
    *exe->calls_end = call;
    exe->calls_end = &call->next;
    return call;
}

struct call *calls_enter(struct calls *calls, struct exe *exe, abi_t abi, int32_t nr, struct caller caller)
{
    struct call *call = calls_find(exe, abi, nr);
    if (!call) {
        call = calls_add(exe, abi, nr);
        call->phases = 1u << calls->phase;
        calls->distinct++;
        first_sight(calls, exe);
        calls_begin_line(calls->journal, "call", call);
        calls_write_caller(calls->journal, caller);
        journal_text(calls->journal, "phase", phase_name(calls->phase));
        journal_end(calls->journal);
    }
    if (!(call->phases & 1u << calls->phase)) {
        first_sight(calls, exe);
        seen_in_phase(calls, call);
    }
    no_first_sight(calls, exe);
    call->count++;
    calls->total++;
    return call;
}

void calls_uncount(struct calls *calls, struct call *call)
{
    call->count--;
    calls->total--;
    if (call->abi < ABI_COUNT && call->nr >= 0 && call->nr < NUMBERS) calls->let_through[call->abi][call->nr] = 1;
}

void calls_succeeded(struct call *call)
{
    call->succeeded = true;
}

void calls_failed(struct calls *calls, struct call *call, int error, uint64_t times)
{
    for (size_t i = 0; i < call->nerrnos; i++) {
        if (call->errnos[i].error != error) continue;
        call->errnos[i].count += times;
        return;
    }
    call->errnos = memory_resize(call->errnos, (call->nerrnos + 1) * sizeof *call->errnos);
    call->errnos[call->nerrnos++] = (struct errno_count){error, times};
    calls_begin_line(calls->journal, "errno", call);
    journal_signed(calls->journal, "errno", error);
    journal_end(calls->journal);
}

void calls_many(struct calls *calls, struct call *call)
{
    if (call->many) return;
    call->many = true;
    calls_begin_line(calls->journal, "args-many", call);
    journal_end(calls->journal);
}

void calls_tuple(struct calls *calls, struct exe *exe, struct call *call, const uint64_t *values, size_t count)
{
    struct tuple tuple = {0};
    memcpy(tuple.values, values, count * sizeof *values);
    for (size_t i = 0; i < call->ntuples; i++)
        if (!memcmp(&call->tuples[i], &tuple, sizeof tuple)) return;
    if (call->ntuples == TUPLE_LIMIT) {
        calls_many(calls, call);
        return;
    }
    /* Grows at 0, 1, 2, 4, ... 32. */
    if ((call->ntuples & (call->ntuples - 1)) == 0)
        call->tuples = memory_resize(call->tuples, (call->ntuples ? call->ntuples * 2 : 1) * sizeof tuple);
    call->tuples[call->ntuples++] = tuple;
    first_sight(calls, exe);
    calls_begin_line(calls->journal, "args", call);
    journal_numbers(calls->journal, "v", values, count);
    journal_end(calls->journal);
}

void calls_forget_counts(struct calls *calls)
{
    calls->total = 0;
    for (struct exe *exe = calls->exes; exe; exe = exe->next)
        for (struct call *call = exe->calls; call; call = call->next) {
            call->count = 0;
            for (size_t i = 0; i < call->nerrnos; i++) call->errnos[i].count = 0;
        }
}

static bool is_let_through(const struct calls *calls, const struct call *call)
{
    return call->abi < ABI_COUNT && call->nr >= 0 && call->nr < NUMBERS && calls->let_through[call->abi][call->nr];
}

static void write_count(const struct calls *calls, const struct call *call)
{
    struct journal *journal = calls->journal;
    calls_begin_line(journal, "count", call);
    journal_number(journal, "calls", call->count);
    if (is_let_through(calls, call)) journal_bool(journal, "atLeast", true);
    if (calls->without_results) {
        journal_end(journal);
        return;
    }
    journal_open_object(journal, "errnos");
    for (size_t i = 0; i < call->nerrnos; i++) {
        char name[16];
        snprintf(name, sizeof name, "%d", call->errnos[i].error);
        journal_number(journal, name, call->errnos[i].count);
    }
    journal_close_object(journal);
    journal_end(journal);
}

void calls_write_counts(const struct calls *calls)
{
    for (const struct exe *exe = calls->exes; exe; exe = exe->next)
        for (const struct call *call = exe->calls; call; call = call->next) write_count(calls, call);
}
