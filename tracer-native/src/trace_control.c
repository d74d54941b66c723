/* How a run ends on purpose: as profgen asks, at the end of a grace, or because profgen is no more. */
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "signals.h"
#include "trace_internal.h"

enum { NS_PER_MS = 1000000 };

static double seconds(uint64_t ns)
{
    return (double)ns / 1e9;
}

void trace_begin_phase(struct tracer *tracer, enum phase phase, const char *cause)
{
    if (phase > tracer->calls.phase && tracer->calls.phase != PHASE_EXEC) calls_begin_phase(&tracer->calls, phase, cause);
}

bool trace_is_stop_signal(const struct tracer *tracer, int signal_number)
{
    return signal_number == SIGTERM || signal_number == tracer->stop_signal;
}

void trace_begin_shutdown(struct tracer *tracer, int signal_number)
{
    char cause[32];
    snprintf(cause, sizeof cause, "signal %d", signal_number);
    trace_begin_phase(tracer, PHASE_SHUTDOWN, cause);
}

static void note_killed(struct tracer *tracer, const char *why)
{
    char detail[128];
    snprintf(detail, sizeof detail, "%s: killed after %.1f s", why, seconds(journal_now(tracer->journal)));
    journal_note(tracer->journal, "killed", detail);
}

/* The main process's end is the end of the rest, save with until_all: then there is nothing to wait for any more. */
static void kill_all(struct tracer *tracer)
{
    tracer->until_all = false;
    if (tracer->main_ended)
        trace_kill_rest(tracer);
    else
        kill(tracer->launched->main_pid, SIGKILL);
}

/* As an engine stops a container: a signal, a grace, and then the end. */
static void stop(struct tracer *tracer, const char *why)
{
    char detail[160];
    uint64_t now = journal_now(tracer->journal);
    if (tracer->stopping) return;
    tracer->stopping = true;
    if (tracer->attached) {
        tracer->detaching = true;
        return;
    }
    if (tracer->main_ended) {
        kill_all(tracer);
        return;
    }
    trace_begin_shutdown(tracer, tracer->stop_signal);
    snprintf(detail, sizeof detail, "%s after %.1f s: signal %d was sent to the main process", why, seconds(now),
             tracer->stop_signal);
    journal_note(tracer->journal, "stopped", detail);
    tracer->kill_at = now + (uint64_t)tracer->stop_grace * NS_PER_MS;
    kill(tracer->launched->main_pid, tracer->stop_signal);
}

static void obey(struct tracer *tracer, enum word word)
{
    if (word == WORD_SERVING) {
        trace_begin_phase(tracer, PHASE_SERVING, "asked");
    } else if (word == WORD_STOP || tracer->attached) {
        stop(tracer, "ended on purpose");
    } else {
        note_killed(tracer, "ended on purpose");
        tracer->stopping = true;
        tracer->kill_at = 0;
        kill_all(tracer);
    }
}

void trace_heed(struct tracer *tracer)
{
    for (enum word word; (word = control_next(&tracer->control)) != WORD_NONE;) obey(tracer, word);
    if (tracer->parent && getppid() != tracer->parent) stop(tracer, "profgen itself was gone");
    if (tracer->attached && signals_end_wanted()) stop(tracer, "a signal came");
    if (!tracer->kill_at || journal_now(tracer->journal) < tracer->kill_at) return;
    tracer->kill_at = 0;
    if (!tracer->main_ended) {
        char why[64];
        snprintf(why, sizeof why, "it still ran %.1f s after signal %d", tracer->stop_grace / 1e3, tracer->stop_signal);
        note_killed(tracer, why);
    }
    kill_all(tracer);
}
