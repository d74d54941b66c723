#include "record.h"

#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "filter.h"
#include "journal.h"
#include "procfs.h"
#include "signals.h"
#include "trace.h"

enum { STATUS_FAILED = 125, STATUS_NOT_EXECUTABLE = 126, STATUS_NOT_FOUND = 127 };

static int complain(const char *object, const char *problem)
{
    fprintf(stderr, "profgen-tracer: %s: %s\n", object, problem);
    return STATUS_FAILED;
}

/* What the journal has taken is for its reader to say: the terminal belongs to the workload. */
static int complain_unless_written(const struct journal *journal, const char *object, const char *problem)
{
    return journal->lost ? complain(object, problem) : STATUS_FAILED;
}

static void write_start(struct journal *journal, const struct options *options)
{
    struct utsname system;
    struct timespec now;
    char here[PATH_MAX] = "";
    uname(&system);
    clock_gettime(CLOCK_REALTIME, &now);
    if (!options->launch.workdir && !getcwd(here, sizeof here)) here[0] = 0;
    journal_begin(journal, "start");
    journal_number(journal, "journal", 1);
    journal_text(journal, "runId", options->run_id);
    journal_text(journal, "profgen", PROFGEN_VERSION);
    journal_text(journal, "backend", "ptrace");
    journal_text(journal, "arch", ARCH_NAME);
    journal_text(journal, "kernel", system.release);
    journal_number(journal, "realtime", (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec);
    journal_signed(journal, "tracerPid", getpid());
    journal_text(journal, "engine", options->engine ? options->engine : options->launch.sandbox ? "sandbox" : "host");
    if (options->engine_options) journal_texts(journal, "options", options->engine_options);
    journal_texts(journal, "command", options->launch.argv);
    journal_text(journal, "cwd", options->launch.workdir ? options->launch.workdir : here);
    journal_end(journal);
}

static void write_error(struct journal *journal, const char *stage, int error, const char *message)
{
    journal_begin(journal, "error");
    journal_text(journal, "stage", stage);
    journal_signed(journal, "errno", error);
    journal_text(journal, "message", message);
    journal_end(journal);
}

static int failed(struct journal *journal, const char *stage, const char *object, int error)
{
    write_error(journal, stage, error, strerror(error));
    return complain_unless_written(journal, object, strerror(error));
}

static void write_end(const struct tracer *tracer, int exit_status)
{
    struct journal *journal = tracer->journal;
    int status = tracer->main_status;
    if (journal->lost) {
        char detail[128];
        snprintf(detail, sizeof detail, "%llu lines of the journal could not be written: %s",
                 (unsigned long long)journal->lost, strerror(journal->error));
        journal_note(journal, "journal-write-failed", detail);
    }
    journal_begin(journal, "end");
    journal_number(journal, "ns", journal_now(journal));
    if (WIFSIGNALED(status))
        journal_signed(journal, "signaled", WTERMSIG(status));
    else
        journal_signed(journal, "exited", exit_status);
    journal_bool(journal, "core", WIFSIGNALED(status) && WCOREDUMP(status));
    journal_number(journal, "processes", tracer->tasks.processes);
    journal_number(journal, "threads", tracer->tasks.threads);
    journal_number(journal, "lost", journal->lost + tracer->lost_stops);
    journal_end(journal);
}

static void launch_remark(const char *kind, const char *detail, void *journal)
{
    journal_note(journal, kind, detail);
}

/* From a process that waits to one that has run, all of its calls counted. */
static int follow(struct tracer *tracer, const struct options *options)
{
    int error = trace_seize(tracer);
    if (error < 0) return failed(tracer->journal, "seize", "ptrace", -error);
    error = signals_pass_on(tracer->launched->main_pid);
    if (!error && options->progress_interval) error = signals_tick(options->progress_interval);
    if (error < 0) return failed(tracer->journal, "seize", "signals", -error);
    error = launch_go(tracer->launched);
    if (error < 0) return failed(tracer->journal, "seize", "the workload's start", -error);
    error = trace_run(tracer);
    if (error < 0) return failed(tracer->journal, "trace", "waitpid", -error);
    return 0;
}

/* After the workload: 0, or 125 when profgen is to blame. *exit_status is the workload's, as a shell has it. */
static int finish(struct tracer *tracer, int *exit_status)
{
    struct failure why;
    int code = WIFEXITED(tracer->main_status) ? WEXITSTATUS(tracer->main_status) : 0;
    if (launch_failed(tracer->launched, &why) == 1) {
        write_error(tracer->journal, why.stage, why.error, why.message);
        if (strcmp(why.stage, "exec")) return complain_unless_written(tracer->journal, why.stage, why.message);
        code = why.error == ENOENT ? STATUS_NOT_FOUND : STATUS_NOT_EXECUTABLE;
    } else if (!tracer->started && tracer->filter) {
        write_error(tracer->journal, "exec", EPERM, "the filter did not let the command start");
        code = STATUS_NOT_EXECUTABLE;
    }
    calls_write_counts(&tracer->calls);
    denials_write_counts(&tracer->denials, tracer->journal);
    write_end(tracer, code);
    *exit_status = WIFSIGNALED(tracer->main_status) ? 128 + WTERMSIG(tracer->main_status) : code;
    return 0;
}

static enum signals_role role_of(const struct launch_options *launch)
{
    return !launch->entry ? SIGNALS_OF_A_JOB : launch->pid1 ? SIGNALS_OF_A_BYSTANDER : SIGNALS_OF_A_CONTAINER;
}

/* Read here, since the workload may see another file system, or may not open the file. */
static int read_filter(const char *path, struct launch_options *launch)
{
    static struct sock_fprog program;
    if (!path) return 0;
    launch->filter = &program;
    return filter_read(path, &program);
}

int record_run(const struct options *options)
{
    /* What a run has seen is kept to the end of the process. */
    static struct journal journal;
    static struct tracer tracer;
    struct launched launched;
    struct failure why;
    struct launch_options launch = launch_inheriting_signals(&options->launch);
    int exit_status = 0, error = read_filter(options->filter, &launch);
    if (error < 0) return complain(options->filter, strerror(-error));
    error = journal_open(&journal, options->journal, launch.entry);
    if (error < 0) return complain(options->journal, strerror(-error));
    write_start(&journal, options);
    signals_hold(role_of(&launch));
    error = launch_prepare(&launch, &launched, &why, launch_remark, &journal);
    if (error < 0) {
        write_error(&journal, why.stage, why.error, why.message);
        return complain_unless_written(&journal, why.stage, why.message);
    }
    tracer = (struct tracer){.journal = &journal, .launched = &launched, .until_all = options->until_all, .pid1 = launch.pid1,
                             .filter = launch.filter, .beneath = launch.pid1 && launch.entry};
    calls_init(&tracer.calls, &journal);
    denials_init(&tracer.denials);
    int status = follow(&tracer, options);
    if (status == 0) status = finish(&tracer, &exit_status);
    launch_end(&launched);
    if (status == 0 && journal.lost) {
        fprintf(stderr, "profgen-tracer: %s: %llu lines could not be written (%s); the journal stays\n", options->journal,
                (unsigned long long)journal.lost, strerror(journal.error));
        status = STATUS_FAILED;
    }
    /* The container ends with its first process's status. */
    return status == 0 && launch.entry ? exit_status : status;
}
