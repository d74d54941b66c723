/* The processes of this machine, and which of them descend from one. */
#ifndef PROFGEN_TREE_H
#define PROFGEN_TREE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct tree {
    struct {
        pid_t pid, ppid;
        bool below;
    } *all;
    size_t count;
};

/* The numbers of a folder of /proc. 0 or negative errno. */
int tree_each_number(const char *path, void (*visit)(pid_t, void *), void *context);

/* For tree_each_number("/proc"). */
void tree_add(pid_t pid, void *tree);

/* Marks what descends from the root, without profgen itself. */
void tree_mark_below(struct tree *tree, pid_t root);

#endif
