#include "tree.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "memory.h"
#include "procfs.h"

int tree_each_number(const char *path, void (*visit)(pid_t, void *), void *context)
{
    DIR *folder = opendir(path);
    if (!folder) return -errno;
    for (struct dirent *entry; (entry = readdir(folder));)
        if (entry->d_name[0] >= '1' && entry->d_name[0] <= '9') visit((pid_t)atoi(entry->d_name), context);
    closedir(folder);
    return 0;
}

void tree_add(pid_t pid, void *context)
{
    struct tree *tree = context;
    pid_t ppid = procfs_parent(pid);
    if (ppid < 0) return;
    tree->all = memory_resize(tree->all, (tree->count + 1) * sizeof *tree->all);
    tree->all[tree->count].pid = pid;
    tree->all[tree->count].ppid = ppid;
    tree->all[tree->count++].below = false;
}

/* Not profgen itself, should it run below what it records. */
static bool is_below(const struct tree *tree, size_t at, pid_t root)
{
    pid_t pid = tree->all[at].pid, ppid = tree->all[at].ppid;
    if (pid == getpid() || pid == getppid() || ppid == getppid()) return false;
    for (size_t i = 0; i < tree->count; i++)
        if (tree->all[i].pid == ppid) return ppid == root || tree->all[i].below;
    return ppid == root;
}

/* As often as a pass finds more, since parents may stand behind their children. */
void tree_mark_below(struct tree *tree, pid_t root)
{
    for (bool more = true; more;) {
        more = false;
        for (size_t i = 0; i < tree->count; i++)
            if (!tree->all[i].below && is_below(tree, i, root)) more = tree->all[i].below = true;
    }
}
