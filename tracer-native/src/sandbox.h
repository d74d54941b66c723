#ifndef PROFGEN_SANDBOX_H
#define PROFGEN_SANDBOX_H

/* Between the files that start the workload; the trace loop needs only launch.h. */

#include <stdbool.h>
#include <sys/types.h>

#include "launch.h"

/*
 * What the starting processes tell the tracer, over a SOCK_SEQPACKET pair: a message is whole or not there, the kernel
 * adds the sender's pid as the tracer sees it, and its end closes by itself at the execve.
 */
enum message_kind { MESSAGE_NOTE, MESSAGE_READY, MESSAGE_FAILURE };
struct message {
    enum message_kind kind;
    int error;
    char label[32]; /* of a note: its kind; of a failure: its stage */
    char text[256];
};
int message_note(int channel, const char *kind, const char *format, ...) __attribute__((format(printf, 3, 4)));
int message_ready(int channel);
int message_failure(int channel, const struct failure *failure);
/* 1 and *message, *sender (0 if unknown) filled; 0 at the end of the channel; -EAGAIN if nothing is there. */
int message_receive(int channel, bool wait, struct message *message, pid_t *sender);
/* The tracer's word to the waiting process, and the wait for it: 0, or -ECANCELED when the tracer has gone. */
int message_go_on(int channel);
int message_await_go_on(int channel);

/* Fills *failure with the text and, after a colon, the error's own; returns -error. */
int failure_of(struct failure *failure, const char *stage, int error, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* True if the caller must make a user namespace to make the others. */
bool sandbox_needs_user_namespace(void);
/* Creates the first process of the new namespaces; as fork(). */
pid_t sandbox_clone(const struct launch_options *options);
/* What that process does: it becomes init with the workload as child, or the workload. Does not return. */
_Noreturn void sandbox_first_process(const struct launch_options *options, int channel, int status_fd);

/* The last step of both: the workload as a child, which this process reaps, or with pid1, which join excludes, as this process itself. */
_Noreturn void sandbox_run_child(const struct launch_options *options, int channel, int status_fd);

/* What the first process outside of a joined container does: its child becomes the workload, in there. Does not return. */
_Noreturn void join_first_process(const struct launch_options *options, int channel, int status_fd);

int sandbox_mounts(const struct launch_options *options, int channel, struct failure *failure);
int sandbox_enter_rootfs(const struct launch_options *options, int channel, struct failure *failure);
/* Makes the mount at path and all below it read-only, in this mount namespace. 0 or a negative errno. */
int sandbox_read_only(const char *path);
int sandbox_mount_proc(const char *path);

/* Before the credentials change, and right before the execve: the filter of the options, if they have one. */
int loader_start(const struct launch_options *options, int channel, struct failure *failure);
int loader_load(struct failure *failure);

_Noreturn void init_run(pid_t workload, int status_fd);

/* Credentials, directory, environment; says ready, waits, then executes the command. Does not return. */
_Noreturn void workload_run(const struct launch_options *options, int channel);

/*
 * As execvpe, by the PATH of the *workload's* environment; returns only on failure, -errno. as_shell: a text file without
 * #! is a script, which it is not to a container engine.
 */
int command_execute(char *const *argv, bool as_shell, struct failure *failure);

/* For which machine the program in the file is, as uname -m has it; false if it is no ELF file. */
bool elf_machine(const char *path, char *name, size_t size);

#endif
