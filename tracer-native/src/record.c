#include "record.h"

#include <errno.h>
#include <limits.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "filter.h"
#include "procfs.h"
#include "run.h"
#include "signals.h"

enum { STATUS_NOT_EXECUTABLE = 126, STATUS_NOT_FOUND = 127 };

static void write_start(struct journal *journal, const struct options *options)
{
    const struct launch_options *launch = &options->launch;
    char here[PATH_MAX] = "";
    if (!launch->workdir && !getcwd(here, sizeof here)) here[0] = 0;
    struct subject subject = {.engine = options->engine ? options->engine : launch->sandbox ? "sandbox" : "host",
                              .cwd = launch->workdir ? launch->workdir : here,
                              .command = launch->argv};
    run_write_start(journal, options, &subject);
}

static void launch_remark(const char *kind, const char *detail, void *journal)
{
    journal_note(journal, kind, detail);
}

/* From a process that waits to one that has run, all of its calls counted. */
static int follow(struct tracer *tracer)
{
    int error = tracer->backend->start(tracer);
    if (error < 0 && tracer->problem) {
        run_write_error(tracer->journal, "seize", -error, tracer->problem);
        return run_complain_unless_written(tracer->journal, tracer->backend->name, tracer->problem);
    }
    if (error < 0) return run_failed(tracer->journal, "seize", tracer->backend->name, -error);
    error = signals_pass_on(tracer->launched->main_pid);
    if (!error) error = run_tick(tracer);
    if (error < 0) return run_failed(tracer->journal, "seize", "signals", -error);
    error = launch_go(tracer->launched);
    if (error < 0) return run_failed(tracer->journal, "seize", "the workload's start", -error);
    error = tracer->backend->follow(tracer);
    if (error < 0) return run_failed(tracer->journal, "trace", "waitpid", -error);
    return 0;
}

/* After the workload: 0, or 125 when profgen is to blame. *exit_status is the workload's, as a shell has it. */
static int finish(struct tracer *tracer, int *exit_status)
{
    struct failure why;
    int code = WIFEXITED(tracer->main_status) ? WEXITSTATUS(tracer->main_status) : 0;
    if (launch_failed(tracer->launched, &why) == 1) {
        run_write_error(tracer->journal, why.stage, why.error, why.message);
        if (strcmp(why.stage, "exec")) return run_complain_unless_written(tracer->journal, why.stage, why.message);
        code = why.error == ENOENT ? STATUS_NOT_FOUND : STATUS_NOT_EXECUTABLE;
    } else if (!tracer->started && tracer->filter) {
        run_write_error(tracer->journal, "exec", EPERM, "the filter did not let the command start");
        code = STATUS_NOT_EXECUTABLE;
    }
    run_write_end(tracer, code);
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
    launch.untraced = options->backend->untraced;
    launch.apart = launch.untraced && options->end_with_parent; /* a tracee's signals can be held back instead */
    /* At once: the kernel drops what is sent to a PID 1 that does not handle it. */
    signals_hold(role_of(&launch));
    int exit_status = 0, error = read_filter(options->filter, &launch);
    if (error < 0) return run_complain(options->filter, strerror(-error));
    error = journal_open(&journal, options->journal, launch.entry);
    if (error < 0) return run_complain(options->journal, strerror(-error));
    write_start(&journal, options);
    error = run_begin(&tracer, &journal, &launched, options);
    if (error) return error;
    error = launch_prepare(&launch, &launched, &why, launch_remark, &journal);
    if (error < 0) {
        run_write_error(&journal, why.stage, why.error, why.message);
        return run_complain_unless_written(&journal, why.stage, why.message);
    }
    tracer.filter = launch.filter;
    tracer.beneath = launch.pid1 && launch.entry;
    int status = follow(&tracer);
    if (status == 0) status = finish(&tracer, &exit_status);
    launch_end(&launched);
    status = run_checked(&journal, options->journal, status);
    /* The container ends with its first process's status. */
    return status == 0 && launch.entry ? exit_status : status;
}
