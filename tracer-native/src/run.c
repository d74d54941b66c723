#include "run.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base.h"
#include "signals.h"

int run_complain(const char *object, const char *problem)
{
    fprintf(stderr, "profgen-tracer: %s: %s\n", object, problem);
    return STATUS_FAILED;
}

int run_complain_unless_written(const struct journal *journal, const char *object, const char *problem)
{
    return journal->lost ? run_complain(object, problem) : STATUS_FAILED;
}

int run_checked(const struct journal *journal, const char *path, int status)
{
    if (status != 0 || !journal->lost) return status;
    fprintf(stderr, "profgen-tracer: %s: %llu lines could not be written (%s); the journal stays\n", path,
            (unsigned long long)journal->lost, strerror(journal->error));
    return STATUS_FAILED;
}

static int file_failed(struct journal *journal, const char *stage, const char *path, const char *problem, int error)
{
    char message[512];
    snprintf(message, sizeof message, "%s: %s", path, problem);
    run_write_error(journal, stage, error, message);
    return run_complain_unless_written(journal, path, problem);
}

int run_begin(struct tracer *tracer, struct journal *journal, struct launched *launched, const struct options *options)
{
    *tracer = (struct tracer){.backend = options->backend,
                              .journal = journal,
                              .journal_path = options->journal,
                              .launched = launched,
                              .until_all = options->until_all,
                              .pid1 = options->launch.pid1,
                              .near = {.always = options->near_always},
                              .ready_call = options->ready_call,
                              .stop_signal = options->stop_signal,
                              .stop_grace = options->stop_grace,
                              .progress_interval = options->progress_interval,
                              .parent = options->end_with_parent ? getppid() : 0};
    calls_init(&tracer->calls, journal);
    tracer->calls.quiet_wanted = options->base ? 0 : options->late_after;
    denials_init(&tracer->denials);
    int error = control_open(&tracer->control, options->control);
    if (error) return file_failed(journal, "control", options->control, strerror(-error), -error);
    if (options->base) error = base_read(&tracer->calls, options->base);
    if (error) return file_failed(journal, "base", options->base,
                           error == -EINVAL ? "expected lines of ABI NUMBER [VALUE... | *]" : strerror(-error), -error);
    calls_begin_phase(&tracer->calls, options->phase, "start");
    return 0;
}

int run_tick(const struct tracer *tracer)
{
    enum { HEED_MS = 100 };
    unsigned period = tracer->progress_interval;
    bool heeds = tracer->control.fd >= 0 || tracer->parent || tracer->attached;
    if (heeds && (period == 0 || period > HEED_MS)) period = HEED_MS;
    return period ? signals_tick(period) : 0;
}

void run_write_start(struct journal *journal, const struct options *options, const struct subject *subject)
{
    struct utsname system;
    struct timespec now;
    uname(&system);
    clock_gettime(CLOCK_REALTIME, &now);
    journal_begin(journal, "start");
    journal_number(journal, "journal", 1);
    journal_text(journal, "runId", options->run_id);
    journal_text(journal, "profgen", PROFGEN_VERSION);
    journal_text(journal, "backend", options->backend->name);
    journal_text(journal, "arch", ARCH_NAME);
    journal_text(journal, "kernel", system.release);
    journal_number(journal, "realtime", (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec);
    journal_signed(journal, "tracerPid", getpid());
    journal_text(journal, "engine", subject->engine);
    if (options->engine_options) journal_texts(journal, "options", options->engine_options);
    journal_texts(journal, "command", subject->command);
    journal_text(journal, "cwd", subject->cwd);
    journal_end(journal);
}

void run_write_error(struct journal *journal, const char *stage, int error, const char *message)
{
    journal_begin(journal, "error");
    journal_text(journal, "stage", stage);
    journal_signed(journal, "errno", error);
    journal_text(journal, "message", message);
    journal_end(journal);
}

int run_failed(struct journal *journal, const char *stage, const char *object, int error)
{
    run_write_error(journal, stage, error, strerror(error));
    return run_complain_unless_written(journal, object, strerror(error));
}

void run_write_end(const struct tracer *tracer, int exit_status)
{
    struct journal *journal = tracer->journal;
    int status = tracer->main_status;
    late_write_notes(tracer);
    journal_gather(journal);
    calls_write_counts(&tracer->calls);
    denials_write_counts(&tracer->denials, journal);
    journal_write_gathered(journal);
    if (journal->lost) {
        char detail[128];
        snprintf(detail, sizeof detail, "%llu lines of the journal could not be written: %s",
                 (unsigned long long)journal->lost, strerror(journal->error));
        journal_note(journal, "journal-write-failed", detail);
    }
    journal_begin(journal, "end");
    journal_number(journal, "ns", journal_now(journal));
    if (!tracer->main_ended)
        journal_bool(journal, "detached", true);
    else if (WIFSIGNALED(status))
        journal_signed(journal, "signaled", WTERMSIG(status));
    else
        journal_signed(journal, "exited", exit_status);
    journal_bool(journal, "core", tracer->main_ended && WIFSIGNALED(status) && WCOREDUMP(status));
    journal_number(journal, "processes", tracer->tasks.processes);
    journal_number(journal, "threads", tracer->tasks.threads);
    journal_number(journal, "lost", journal->lost + tracer->lost_stops);
    journal_end(journal);
}
