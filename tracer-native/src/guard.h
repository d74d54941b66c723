/*
 * Nobody's tracees would go on if the tracer were killed. So a process waits for its end, in a session of its own, since what
 * ends the tracer may end its whole group.
 */
#ifndef PROFGEN_GUARD_H
#define PROFGEN_GUARD_H

#include <stdbool.h>
#include <sys/types.h>

/*
 * It keeps the tracer's descriptors open, so that nobody whom it is to kill is ended, or let go, by their end before.
 * After the tracer's end kill_all() is called again and again, for what is forked meanwhile, as long as it says that something
 * is left. A pid, or negative errno.
 */
pid_t guard_start(bool (*kill_all)(const void *context), const void *context);
void guard_end(pid_t guard);

#endif
