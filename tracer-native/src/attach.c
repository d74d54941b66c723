#include "attach.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "procfs.h"
#include "run.h"
#include "signals.h"

enum { WORDS = 1024, WORDS_SIZE = 65536 };

static int parse_pid(const char *text, pid_t *pid)
{
    char *end;
    errno = 0;
    long value = strtol(text, &end, 10);
    *pid = (pid_t)value;
    return errno || *end || value < 1 || value > INT_MAX ? -EINVAL : 0;
}

/* Its command line in words; a process that has none, or has overwritten it, goes by its executable. */
static void read_command(pid_t pid, char text[WORDS_SIZE], char *words[WORDS])
{
    size_t length = procfs_command_line(pid, text, WORDS_SIZE), count = 0;
    for (char *word = text; word < text + length && count < WORDS - 1; word += strlen(word) + 1) words[count++] = word;
    words[count] = NULL;
    if (count > 0) return;
    if (procfs_exe(pid, text, WORDS_SIZE) < 0) return;
    words[0] = text;
    words[1] = NULL;
}

static void write_start(struct journal *journal, const struct options *options, pid_t pid)
{
    static char text[WORDS_SIZE], *words[WORDS];
    char cwd[PATH_MAX];
    read_command(pid, text, words);
    procfs_cwd(pid, cwd, sizeof cwd);
    struct subject subject = {.engine = procfs_in_our_mount_namespace(pid) ? "host" : "container", .cwd = cwd, .command = words};
    run_write_start(journal, options, &subject);
}

static void note_attached(struct journal *journal, pid_t pid, const struct tracer *tracer)
{
    char detail[200];
    snprintf(detail, sizeof detail,
             "process %d was running already: what it did before was not seen (processes: %llu, threads: %llu)", pid,
             (unsigned long long)tracer->tasks.processes, (unsigned long long)tracer->tasks.threads);
    journal_note(journal, "attached", detail);
}

static int follow(struct tracer *tracer, const struct options *options)
{
    char problem[256];
    pid_t pid = tracer->launched->main_pid;
    int error = tracer->backend->attach(tracer, pid, !options->alone, problem, sizeof problem);
    if (error < 0) {
        run_write_error(tracer->journal, "attach", -error, problem);
        return run_complain_unless_written(tracer->journal, "attach", problem);
    }
    note_attached(tracer->journal, pid, tracer);
    error = signals_pass_on(pid);
    if (!error) error = run_tick(tracer);
    if (error < 0) return run_failed(tracer->journal, "attach", "signals", -error);
    error = tracer->backend->follow(tracer);
    return error < 0 ? run_failed(tracer->journal, "trace", "waitpid", -error) : 0;
}

/*
 * Nothing is detached: the end of the tracer does that for all at once, and without a stop for those that run or wait.
 * So whatever happens to the tracer, its tracees go on in the same way.
 */
int attach_run(const struct options *options)
{
    static struct journal journal;
    static struct tracer tracer;
    struct launched launched = {.go_fd = -1, .report_fd = -1, .status_fd = -1, .tty_fd = -1};
    if (parse_pid(options->launch.argv[0], &launched.main_pid) < 0)
        return run_complain(options->launch.argv[0], "is no process id");
    if (!options->backend->attach) return run_complain(options->backend->name, "follows only what it has started");
    int error = journal_open(&journal, options->journal, false);
    if (error < 0) return run_complain(options->journal, strerror(-error));
    write_start(&journal, options, launched.main_pid);
    error = run_begin(&tracer, &journal, &launched, options);
    if (error) return error;
    signals_hold(SIGNALS_OF_AN_ONLOOKER);
    tracer.attached = tracer.started = true;
    int status = follow(&tracer, options);
    if (status == 0) run_write_end(&tracer, WIFEXITED(tracer.main_status) ? WEXITSTATUS(tracer.main_status) : 0);
    return run_checked(&journal, options->journal, status);
}
