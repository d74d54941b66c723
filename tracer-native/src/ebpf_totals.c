/* What the maps of the BPF programs hold in the end: whether or not an event told of it. */
#include <errno.h>
#include <linux/capability.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>

#include "arguments.h"
#include "ebpf_run.h"
#include "trace_internal.h"

struct call *ebpf_call_at(struct ebpf_run *run, uint32_t slot, abi_t abi, int32_t nr)
{
    struct caller caller = {.pid = run->tracer->launched->main_pid, .argv0 = ""};
    struct exe *exe = ebpf_exe_of(run, slot, caller);
    struct call *call = calls_find(exe, abi, nr);
    if (call) return call;
    trace_note_abi(run->tracer, exe, abi);
    call = calls_enter(&run->tracer->calls, exe, abi, nr, caller);
    call->count = 0;
    return call;
}

/* Those first sights whose event was lost. */
static void take_phases(struct ebpf_run *run, uint32_t slot, abi_t abi, int32_t nr, uint32_t flags)
{
    struct calls *calls = &run->tracer->calls;
    const struct caller caller = {.pid = run->tracer->launched->main_pid, .argv0 = ""};
    struct exe *exe = ebpf_exe_of(run, slot, caller);
    const enum phase now = calls->phase;
    for (enum phase phase = PHASE_ENTRY; phase < PHASE_COUNT; phase++) {
        const struct call *known = calls_find(exe, abi, nr);
        if (!(flags >> phase & 1) || (known && known->phases >> phase & 1)) continue;
        trace_note_abi(run->tracer, exe, abi);
        calls->phase = phase;
        calls_enter(calls, exe, abi, nr, caller)->count--;
        calls->total--;
    }
    calls->phase = now;
}

static void take_counters(struct ebpf_run *run, uint32_t slot, abi_t abi, int32_t nr, const struct ebpf_call *counters)
{
    if (counters->count == 0) return;
    take_phases(run, slot, abi, nr, counters->flags);
    struct call *call = ebpf_call_at(run, slot, abi, nr);
    call->count += counters->count;
    run->tracer->calls.total += counters->count;
    if (counters->flags & EBPF_MANY) calls_many(&run->tracer->calls, call);
    if (counters->flags & EBPF_UNREADABLE && call->watched)
        trace_note_unreadable(run->tracer, run->exes[slot], call->watched->role);
}

/* Every element of a hash; its key begins as an event does. */
static void each(struct ebpf_run *run, enum ebpf_map map, size_t key_size,
                 void (*take)(struct ebpf_run *, const struct ebpf_event *, const void *))
{
    struct ebpf_event key = {0}, next;
    struct ebpf_call value;
    const struct ebpf_event *last = NULL;
    while (bpf_map_next(run->ebpf.maps[map], last, &next) == 0) {
        memcpy(&key, &next, key_size);
        last = &key;
        if (bpf_map_find(run->ebpf.maps[map], &key, &value) == 0) take(run, &key, &value);
    }
}

static void take_call(struct ebpf_run *run, const struct ebpf_event *key, const void *value)
{
    take_counters(run, key->slot, key->abi, key->nr, value);
}

static void take_errno(struct ebpf_run *run, const struct ebpf_event *key, const void *value)
{
    calls_failed(&run->tracer->calls, ebpf_call_at(run, key->slot, key->abi, key->nr), (int)key->error, *(const uint64_t *)value);
}

static void take_tuple(struct ebpf_run *run, const struct ebpf_event *key, const void *value)
{
    (void)value;
    struct call *call = ebpf_call_at(run, key->slot, key->abi, key->nr);
    ebpf_keep_tuple(run, key->slot, call, key->values);
}

static void take_capability(struct ebpf_run *run, const struct ebpf_event *key, const void *value)
{
    (void)value;
    ebpf_call_at(run, key->slot, key->abi, key->nr);
    ebpf_saw_capability(run, key);
}

/* What the maps have is not lost with an event: that it was there, how often and in which phase. */
static void note_lost_events(struct ebpf_run *run)
{
    uint64_t lost = run->ebpf.state->lost_events;
    char detail[256];
    if (lost == 0) return;
    snprintf(detail, sizeof detail, "the recorder was too slow for %llu events: of some calls it is not known when they were first made "
             "and by whom, of some executables neither path nor remarks", (unsigned long long)lost);
    journal_note(run->tracer->journal, "lost-events", detail);
    run->tracer->lost_stops += lost;
}

static void note_losses(struct ebpf_run *run)
{
    const struct ebpf_state *state = run->ebpf.state;
    const struct {
        uint64_t count;
        const char *what;
    } losses[] = {{state->lost_threads, "threads were not followed"},
                  {state->lost_calls, "calls were not counted"},
                  {state->lost_errnos, "errors were not counted"},
                  {state->lost_tuples, "argument values were not kept"}};
    for (size_t i = 0; i < sizeof losses / sizeof *losses; i++) {
        char detail[128];
        if (losses[i].count == 0) continue;
        snprintf(detail, sizeof detail, "no room in the kernel's map: %llu %s", (unsigned long long)losses[i].count, losses[i].what);
        journal_note(run->tracer->journal, "lost-events", detail);
        run->tracer->lost_stops += losses[i].count;
    }
    uint64_t misses = ebpf_misses(&run->ebpf) + state->lost_results;
    if (misses > 0) {
        char detail[200];
        snprintf(detail, sizeof detail, "the kernel left out %llu runs of programs that had been interrupted on the same processor: what they "
                 "would have seen is missing; other back ends lose nothing", (unsigned long long)misses);
        journal_note(run->tracer->journal, "lost-events", detail);
        run->tracer->lost_stops += misses;
    }
    if (state->slots >= EBPF_SLOTS)
        journal_note(run->tracer->journal, "many-executables",
                     "more executables than can be told apart: the calls of the later ones are those of (other)");
}

static uint32_t own_slots(const struct ebpf_state *state)
{
    return state->slots < EBPF_OWN_SLOTS ? state->slots : EBPF_OWN_SLOTS;
}

static bool is_capset(const struct call *call)
{
    static const struct {
        abi_t abi;
        int32_t nr;
    } capsets[] = ARCH_CAPSETS;
    for (size_t i = 0; i < sizeof capsets / sizeof *capsets; i++)
        if (capsets[i].abi == call->abi && capsets[i].nr == call->nr) return true;
    return false;
}

static bool sets_secure_bits(const struct call *call)
{
    bool found = call->many;
    if (!call->watched || call->watched->role != ROLE_PRCTL) return false;
    for (size_t i = 0; i < call->ntuples; i++) found |= call->tuples[i].values[0] == PR_SET_SECUREBITS;
    return found;
}

static bool succeeded_once(const struct call *call)
{
    uint64_t failed = 0;
    for (size_t i = 0; i < call->nerrnos; i++) failed += call->errnos[i].count;
    return failed < call->count;
}

/* These ask in the function's own file. */
static void take_unseen_capabilities(struct ebpf_run *run)
{
    bool unseen = false;
    if (!run->ebpf.layout.capable_is_function || !ebpf_sees_capabilities(&run->ebpf)) return;
    for (struct exe *exe = run->tracer->calls.exes; exe; exe = exe->next)
        for (struct call *call = exe->calls; call; call = call->next) {
            bool seen = (call->granted | call->refused) >> CAP_SETPCAP & 1;
            if (seen || !(is_capset(call) || sets_secure_bits(call)) || !succeeded_once(call)) continue;
            ebpf_keep_capability(run, call, CAP_SETPCAP, true);
            unseen = true;
        }
    if (unseen)
        journal_note(run->tracer->journal, "capability-assumed",
                     "before Linux 6.14 the kernel does not tell whether capset, or prctl of PR_SET_SECUREBITS, was granted the CAP_SETPCAP "
                     "that they ask for: it is taken for used");
}

/* These are no calls that were lost. */
static void note_missed_capabilities(struct ebpf_run *run)
{
    uint64_t misses = ebpf_sees_capabilities(&run->ebpf) ? bpf_program_misses(run->ebpf.capable) : 0;
    char detail[160];
    if (misses == 0) return;
    snprintf(detail, sizeof detail, "the kernel left out %llu runs of the program that sees what capabilities are asked for: some may be unseen",
             (unsigned long long)misses);
    journal_note(run->tracer->journal, "capability-unseen", detail);
}

uint64_t ebpf_total(const struct ebpf_run *run)
{
    uint64_t total = run->ebpf.state->other_calls;
    for (uint32_t i = 0; i < own_slots(run->ebpf.state) * EBPF_NUMBERS; i++) total += run->ebpf.calls[i].count;
    return total;
}

void ebpf_take_totals(struct ebpf_run *run)
{
    uint32_t slots = own_slots(run->ebpf.state);
    calls_forget_counts(&run->tracer->calls);
    for (uint32_t slot = 0; slot < slots; slot++)
        for (int32_t nr = 0; nr < EBPF_NUMBERS; nr++)
            take_counters(run, slot, ARCH_ABI, nr, &run->ebpf.calls[slot * EBPF_NUMBERS + (uint32_t)nr]);
    each(run, MAP_OTHER_CALLS, offsetof(struct ebpf_event, values), take_call);
    each(run, MAP_TUPLES, offsetof(struct ebpf_event, type), take_tuple);
    each(run, MAP_ERRNOS, offsetof(struct ebpf_event, values), take_errno);
    each(run, MAP_CAPABILITIES, offsetof(struct ebpf_event, values), take_capability);
    note_losses(run);
    note_lost_events(run);
    take_unseen_capabilities(run);
    note_missed_capabilities(run);
}
