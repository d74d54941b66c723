/* What the parts of the trace loop share: stops (trace_stops.c), system calls (trace_calls.c), the workload (trace_workload.c). */
#ifndef PROFGEN_TRACE_INTERNAL_H
#define PROFGEN_TRACE_INTERNAL_H

#include <sys/ptrace.h>

#include "arguments.h"
#include "trace.h"

enum {
    TRACE_OPTIONS = PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK | PTRACE_O_TRACECLONE | PTRACE_O_TRACEEXEC
};

/* Notes that are written once per executable. */
enum remark {
    REMARK_KILLED_EARLY = 1,
    REMARK_UNTRACED_CLONE = 2,
    REMARK_SET_USER_ID = 4,
    REMARK_INSTALLED_FILTER = 8,
    REMARK_IO_URING = 16,
    REMARK_CLONE3 = 32,
    REMARK_SOCKETCALL = 64,
    REMARK_OTHER_ANSWER = 128,
};

/* What waitpid said of a tracee. */
void trace_handle(struct tracer *tracer, pid_t tid, int status);

/* A tracee's stop as waitpid gave it; resumes it. */
void trace_stopped(struct tracer *tracer, pid_t tid, int status);

/* The task of a thread that stops for the first time before its parent's event told of it. */
struct task *trace_adopt(struct tracer *tracer, pid_t tid);

void trace_enter(struct tracer *tracer, struct task *task, const struct __ptrace_syscall_info *info);
void trace_leave(struct tracer *tracer, struct task *task, const struct __ptrace_syscall_info *info);
/* A call before COMMAND runs: of interest is its execve alone, which a filter may refuse. */
void trace_before_start(struct tracer *tracer, struct task *task, const struct __ptrace_syscall_info *info);
/* The execve of the workload itself, whose entry came before the recording. */
void trace_enter_first_exec(struct tracer *tracer, struct task *task);

/* What every back end says of an executable's calls. */
void trace_note_abi(struct tracer *tracer, const struct exe *exe, abi_t abi);
void trace_note_unreadable(struct tracer *tracer, struct exe *exe, enum role role);
void trace_note_success(struct tracer *tracer, struct exe *exe, enum role role, uint64_t first_argument);
void trace_begin_serving(struct tracer *tracer, const struct exe *exe);

/* The image of the executable that the task runs from now on. 0, or -ESRCH for a task that has been killed: it keeps its old one. */
int trace_new_image(struct tracer *tracer, struct task *task);
/* The state of the main process after its first execve. */
void trace_write_workload(struct tracer *tracer, struct task *task);
void trace_check_set_user_id(struct tracer *tracer, struct task *task);
void trace_remark(struct tracer *tracer, struct exe *exe, enum remark remark, const char *kind, const char *format, ...)
    __attribute__((format(printf, 5, 6)));
/* Of the first process of the container that the tracer itself is in: whether the last thread of it is about to end. */
bool trace_last_leaves(struct tracer *tracer, struct task *task);
/* It must not be resumed: its end would be the tracer's. status as waitpid gives it. */
void trace_main_leaves(struct tracer *tracer, int status);
/* A later phase of the run; an earlier one, or any for a command beside the run, changes nothing. */
void trace_begin_phase(struct tracer *tracer, enum phase phase, const char *cause);
void trace_begin_shutdown(struct tracer *tracer, int signal_number);
bool trace_is_stop_signal(const struct tracer *tracer, int signal_number);
/* From time to time: what profgen asks, and whether the time is up. */
void trace_heed(struct tracer *tracer);
/* After the main process: the rest must not go on. */
void trace_kill_rest(struct tracer *tracer);
/* With the tasks that there are then: names them, and kills them unless they are to be waited for. */
void trace_main_ended(struct tracer *tracer, int status);
/* Once: so many processes besides, all of them among the tasks. */
void trace_name_rest(struct tracer *tracer, size_t left, bool killed);
void trace_write_progress(struct tracer *tracer);
void trace_lost_stop(struct tracer *tracer, const struct task *task, const char *what);

#endif
