/* The back end's course: from a process that waits for its start to the last one's end. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ebpf_run.h"
#include "guard.h"
#include "procfs.h"
#include "signals.h"
#include "trace_internal.h"
#include "untraced.h"

/* Milliseconds: what is killed is looked for again until nothing is left, since it may have been about to fork. */
enum { KILL_AGAIN = 10, LOOK_AGAIN = 500 };

static struct ebpf_run run = {.root = -1, .ended = -1};

const struct backend backend_ebpf = {"ebpf", true, ebpf_start, ebpf_attach, ebpf_follow};

static int refuse(struct tracer *tracer, int error, const char *problem)
{
    tracer->problem = problem;
    return error;
}

bool ebpf_works(void)
{
    run.opened = ebpf_open(&run.ebpf) == 0;
    if (!run.opened || !run.ebpf.layout.loses) return run.opened;
    ebpf_close(&run.ebpf);
    return run.opened = false;
}

static void kill_task(struct ebpf_task *task, pid_t tid, void *context)
{
    (void)task, (void)context;
    kill(tid, SIGKILL);
}

/* For the guard, which holds the programs and maps meanwhile. */
static bool kill_followed(const void *context)
{
    const struct ebpf *ebpf = context;
    if (__atomic_load_n(&ebpf->state->over, __ATOMIC_ACQUIRE)) return false;
    ebpf_each_task(ebpf, kill_task, NULL);
    return __atomic_load_n(&ebpf->state->live, __ATOMIC_ACQUIRE) > 0;
}

static int open_all(struct tracer *tracer)
{
    struct ebpf *ebpf = &run.ebpf;
    int error = run.opened ? 0 : ebpf_open(ebpf);
    if (!error) error = ebpf_ring_open(&run.ring, ebpf->maps[MAP_EVENTS], EBPF_RING);
    if (error < 0) return refuse(tracer, error, ebpf->problem[0] ? ebpf->problem : NULL);
    ebpf->state->phase = tracer->calls.phase;
    ebpf->state->slots = ebpf->state->images = 1;
    ebpf->state->ready_call = tracer->ready_call;
    ebpf->state->stop_signal = (uint32_t)tracer->stop_signal;
    ebpf->state->pid1 = tracer->pid1;
    ebpf->state->main_pid = (uint32_t)tracer->launched->main_pid;
    if (ARCH_TASK_IS_32 && !ebpf->layout.typed)
        journal_note(tracer->journal, "abi-not-proven", "this kernel has no BTF: 32-bit calls are told apart by a layout of tasks that is taken for granted");
    if (tracer->attached) return 0; /* they go on, however this ends */
    run.guard = guard_start(kill_followed, ebpf);
    return run.guard < 0 ? run.guard : 0;
}

int ebpf_start(struct tracer *tracer)
{
    run.tracer = tracer;
    if (tracer->filter) return refuse(tracer, -EINVAL, "what a filter refuses is told by the back end ptrace");
    int error = open_all(tracer);
    if (error < 0) return error;
    return untraced_seize(tracer);
}

static void tell_what_is_seen(struct tracer *tracer)
{
    if (!ebpf_sees_capabilities(&run.ebpf)) return;
    journal_begin(tracer->journal, "capabilities");
    journal_bool(tracer->journal, "observed", true);
    journal_end(tracer->journal);
}

static void open_root(pid_t pid)
{
    char root[64];
    snprintf(root, sizeof root, "/proc/%d/root", pid);
    run.root = open(root, O_PATH | O_CLOEXEC);
}

/* At the stop of its first execve, which is the workload's first call. */
static int begin(struct tracer *tracer)
{
    struct ebpf_task seen;
    pid_t pid = tracer->launched->main_pid;
    struct task *task = tasks_find(&tracer->tasks, pid);
    run.ended = untraced_end(tracer);
    if (run.ended < 0) return run.ended;
    trace_write_workload(tracer, task);
    tell_what_is_seen(tracer);
    int error = trace_new_image(tracer, task);
    if (!error) error = ebpf_see_process(&run, pid, &seen);
    if (error) return error == -ESRCH ? 0 : error; /* killed: its end will be told */
    trace_check_set_user_id(tracer, task);
    struct ebpf_call *counters = &run.ebpf.calls[seen.slot * EBPF_NUMBERS + ARCH_NR_EXECVE]; /* it has the first slot */
    counters->count = 1;
    counters->flags = 1u << tracer->calls.phase;
    calls_enter(&tracer->calls, task->image->exe, ARCH_ABI, ARCH_NR_EXECVE, (struct caller){.pid = pid, .argv0 = task->image->argv0});
    open_root(pid);
    ebpf_follow_thread(&run, pid, &seen, true);
    untraced_forget_tasks(tracer);
    return ptrace(PTRACE_DETACH, pid, NULL, NULL) < 0 && errno != ESRCH ? -errno : 0;
}

static void take_numbers(struct tracer *tracer)
{
    const struct ebpf_state *state = run.ebpf.state;
    if (state->processes == 0) return; /* the main process has not come to its first execution */
    tracer->tasks.processes = state->processes;
    tracer->tasks.threads = state->threads;
    if (!tracer->main_ended) tracer->tasks.processes_now = state->leaders;
}

int ebpf_attach(struct tracer *tracer, pid_t pid, bool with_tree, char *problem, size_t size)
{
    run.tracer = tracer;
    int error = open_all(tracer);
    if (!error) run.ended = untraced_end(tracer);
    if (!error && run.ended < 0) error = run.ended;
    if (!error) {
        open_root(pid);
        tell_what_is_seen(tracer);
        error = ebpf_follow_running(&run, pid, with_tree);
    }
    if (error < 0) {
        const char *why = error == -ESRCH || error == -ENOENT || error == -EINVAL ? "no such process" : strerror(-error);
        if (tracer->problem)
            snprintf(problem, size, "ebpf: %s", tracer->problem);
        else
            snprintf(problem, size, "process %d: %s", pid, why);
        return error;
    }
    trace_write_workload(tracer, tasks_add(&tracer->tasks, pid, pid));
    untraced_forget_tasks(tracer);
    take_numbers(tracer);
    return 0;
}

static void look_at_task(struct ebpf_task *task, pid_t tid, void *context)
{
    struct tasks *tasks = context;
    struct status status;
    if (procfs_status(tid, &status) < 0 || tasks_find(tasks, status.tgid)) return;
    struct exe *exe = task->slot < EBPF_SLOTS ? run.exes[task->slot] : NULL;
    struct task *added = tasks_add(tasks, status.tgid, status.tgid);
    if (exe) task_set_image(added, image_new(exe, ""));
}

/* As many processes as still live, for those that name or kill them: of some only a thread does that is not the leader. */
static void look_at_tasks(struct tracer *tracer)
{
    untraced_forget_tasks(tracer);
    ebpf_each_task(&run.ebpf, look_at_task, &tracer->tasks);
}

static void heed(struct tracer *tracer)
{
    ebpf_read_events(&run);
    if (signals_passed_on(SIGTERM)) trace_begin_shutdown(tracer, SIGTERM);
    if (signals_ticked()) {
        if (tracer->main_ended) look_at_tasks(tracer);
        trace_heed(tracer);
        tracer->calls.total = ebpf_total(&run);
        take_numbers(tracer);
        trace_write_progress(tracer);
    }
    if (run.ebpf.state->lost_events > 0)
        trace_begin_phase(tracer, (enum phase)run.ebpf.state->phase, "an event that was lost");
    if (tracer->calls.phase > run.ebpf.state->phase) run.ebpf.state->phase = tracer->calls.phase;
}

static int main_has_ended(struct tracer *tracer)
{
    int status = run.ebpf.state->main_status;
    int error = tracer->attached ? 0 : untraced_status(tracer, run.ended, &status);
    if (error == -EAGAIN) return 0;
    if (error < 0) return error;
    ebpf_read_events(&run);
    if (tracer->pid1) {
        trace_name_rest(tracer, tracer->tasks.count, true); /* as the programs have told */
        untraced_forget_tasks(tracer);
    } else {
        look_at_tasks(tracer);
    }
    trace_main_ended(tracer, status);
    return 0;
}

/* An end that no program saw is not told. */
static bool all_are_gone(struct tracer *tracer)
{
    if (ebpf_misses(&run.ebpf) + run.ebpf.state->lost_threads == 0) return false;
    look_at_tasks(tracer);
    return tracer->tasks.count == 0;
}

/* Whether anything is left that can be waited for. */
static bool goes_on(struct tracer *tracer)
{
    if (tracer->detaching) return false;
    if (!tracer->main_ended) return true;
    if (__atomic_load_n(&run.ebpf.state->live, __ATOMIC_ACQUIRE) == 0 || all_are_gone(tracer)) return false;
    if (!tracer->killing) return true;
    look_at_tasks(tracer);
    size_t left = tracer->tasks.count;
    trace_kill_rest(tracer);
    return left == 0 || tracer->tasks.count > 0; /* those that may not be killed are not waited for */
}

static int watch(struct tracer *tracer)
{
    while (goes_on(tracer)) {
        struct pollfd waits[] = {{.fd = run.ebpf.maps[MAP_EVENTS], .events = POLLIN},
                                 {.fd = tracer->main_ended ? -1 : run.ended, .events = POLLIN}};
        int ready = poll(waits, 2, tracer->killing ? KILL_AGAIN : tracer->main_ended ? LOOK_AGAIN : -1);
        if (ready < 0 && errno != EINTR) return -errno;
        heed(tracer);
        if (ready > 0 && waits[1].revents) {
            int error = main_has_ended(tracer);
            if (error < 0) return error;
        }
    }
    return 0;
}

/*
 * What is at a function goes only when the kernel has seen each task sleep or leave it, which takes it a tenth of a second: so
 * the guard, which has all descriptors too, lets go of them after the tracer's end, and nobody waits for that.
 */
static void end_guard(void)
{
    const struct ebpf *ebpf = &run.ebpf;
    if (run.guard > 0 && ebpf->layout.capable_is_function && ebpf_sees_capabilities(ebpf))
        __atomic_store_n(&ebpf->state->over, 1, __ATOMIC_RELEASE);
    else
        guard_end(run.guard);
}

int ebpf_follow(struct tracer *tracer)
{
    int error = untraced_await_execution(tracer, begin, heed);
    if (!error) error = watch(tracer);
    if (error < 0) return error;
    ebpf_read_events(&run);
    end_guard();
    ebpf_take_totals(&run);
    if (tracer->attached) ebpf_count_waiting(&run);
    take_numbers(tracer);
    return 0;
}
