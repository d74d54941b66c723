#ifndef PROFGEN_IDMAP_H
#define PROFGEN_IDMAP_H

#include "launch.h"

/*
 * Writes the id maps of the user namespace that pid is in: the caller's own ids become inside_uid and inside_gid, and
 * the caller's ranges of /etc/subuid and /etc/subgid, if there are any, all other ids. 0 or a negative errno.
 */
int idmap_write(pid_t pid, uid_t inside_uid, gid_t inside_gid, launch_note *note, void *arg, struct failure *failure);

/* Whether the caller has ranges, and the tools to use them: 0, or a negative errno with the reason. */
int idmap_check_ranges(char *reason, size_t size);

#endif
