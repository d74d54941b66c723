#include "tasks.h"

#include <stdlib.h>
#include <string.h>

#include "memory.h"

static struct task **bucket_of(const struct tasks *tasks, pid_t tid)
{
    return (struct task **)&tasks->buckets[(unsigned)tid % TASK_BUCKETS];
}

struct task *tasks_find(const struct tasks *tasks, pid_t tid)
{
    struct task *task = *bucket_of(tasks, tid);
    while (task && task->tid != tid) task = task->same_bucket;
    return task;
}

struct task *tasks_add(struct tasks *tasks, pid_t tid, pid_t tgid)
{
    struct task **bucket = bucket_of(tasks, tid);
    struct task *task = memory_new(sizeof *task);
    *task = (struct task){.same_bucket = *bucket, .tid = tid, .tgid = tgid, .fresh = true};
    *bucket = task;
    tasks->count++;
    tasks->threads++;
    if (tid == tgid) {
        tasks->processes++;
        tasks->processes_now++;
    } else {
        struct task *leader = tasks_find(tasks, tgid);
        if (leader) leader->followers++;
    }
    return task;
}

void tasks_set_sees(struct tasks *tasks, struct task *task, bool sees)
{
    tasks->seeing += sees;
    tasks->seeing -= task->sees;
    task->sees = sees;
}

static void image_release(struct image *image)
{
    if (image && --image->references == 0) free(image);
}

static void unlink_task(struct tasks *tasks, struct task *task)
{
    struct task **link = bucket_of(tasks, task->tid);
    while (*link != task) link = &(*link)->same_bucket;
    *link = task->same_bucket;
    tasks->count--;
    tasks_set_sees(tasks, task, false);
    image_release(task->image);
    free(task);
}

struct group {
    struct tasks *tasks;
    pid_t tgid;
};

static void remove_follower(struct task *task, void *context)
{
    struct group *group = context;
    if (task->tgid == group->tgid && task->tid != group->tgid) unlink_task(group->tasks, task);
}

void tasks_remove(struct tasks *tasks, struct task *task)
{
    if (task->tid == task->tgid) {
        struct group group = {tasks, task->tgid};
        if (task->followers > 0) tasks_each(tasks, remove_follower, &group);
        tasks->processes_now--;
    } else {
        struct task *leader = tasks_find(tasks, task->tgid);
        if (leader) leader->followers--;
    }
    unlink_task(tasks, task);
}

struct image *image_new(struct exe *exe, const char *argv0)
{
    size_t size = strlen(argv0) + 1;
    struct image *image = memory_new(sizeof *image + size);
    image->exe = exe;
    memcpy(image->argv0, argv0, size);
    return image;
}

void task_set_image(struct task *task, struct image *image)
{
    image->references++;
    image_release(task->image);
    task->image = image;
}

void tasks_each(const struct tasks *tasks, void (*visit)(struct task *, void *), void *context)
{
    for (size_t i = 0; i < TASK_BUCKETS; i++)
        for (struct task *task = tasks->buckets[i], *next; task; task = next) {
            next = task->same_bucket;
            visit(task, context);
        }
}
