/* What the tracer tells about the workload beside its calls: its state at the start, its executables, the ledger. */
#include <linux/capability.h>
#include <linux/limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/xattr.h>

#include "procfs.h"
#include "trace_internal.h"

void trace_remark(struct tracer *tracer, struct exe *exe, enum remark remark, const char *kind, const char *format, ...)
{
    if (exe->remarks & remark) return;
    exe->remarks |= remark;
    char *detail;
    va_list arguments;
    va_start(arguments, format);
    int length = vasprintf(&detail, format, arguments);
    va_end(arguments);
    if (length < 0) return;
    journal_note(tracer->journal, kind, detail);
    free(detail);
}

void trace_lost_stop(struct tracer *tracer, const struct task *task, const char *what)
{
    char detail[128];
    tracer->lost_stops++;
    snprintf(detail, sizeof detail, "%s of process %d was not seen", what, task->tgid);
    journal_note(tracer->journal, "lost-stop", detail);
}

int trace_new_image(struct tracer *tracer, struct task *task)
{
    char path[PATH_MAX], argv0[256];
    int error = procfs_exe(task->tid, path, sizeof path);
    if (error) return error;
    procfs_argv0(task->tid, argv0, sizeof argv0);
    struct exe *exe = calls_exe(&tracer->calls, path, (struct caller){.pid = task->tgid, .argv0 = argv0});
    task_set_image(task, image_new(exe, argv0));
    return 0;
}

static void write_ids(struct journal *journal, pid_t pid, const struct status *status)
{
    bool ours = procfs_in_our_user_namespace(pid);
    uint64_t groups[PROCFS_GROUPS];
    for (size_t i = 0; i < status->ngroups; i++)
        groups[i] = ours ? status->groups[i] : procfs_inside_id(pid, "gid_map", status->groups[i]);
    journal_number(journal, "uid", ours ? status->uid : procfs_inside_id(pid, "uid_map", status->uid));
    journal_number(journal, "gid", ours ? status->gid : procfs_inside_id(pid, "gid_map", status->gid));
    journal_numbers(journal, "groups", groups, status->ngroups);
}

/* As it would be without a filter of ours. */
static void disregard_ours(const struct tracer *tracer, const struct task *task, struct status *status)
{
    if (!tracer->notify.loaded) return;
    if (status->seccomp_filters > 0) status->seccomp_filters--;
    if (status->seccomp_filters == 0) status->seccomp = 0;
    status->no_new_privileges &= !task->deprived;
}

void trace_write_workload(struct tracer *tracer, struct task *task)
{
    struct journal *journal = tracer->journal;
    struct status status;
    if (procfs_status(task->tid, &status) < 0) return; /* killed meanwhile */
    disregard_ours(tracer, task, &status);
    journal_begin(journal, "workload");
    journal_signed(journal, "pid", task->tgid);
    write_ids(journal, task->tid, &status);
    journal_hex(journal, "capInh", status.inheritable);
    journal_hex(journal, "capPrm", status.permitted);
    journal_hex(journal, "capEff", status.effective);
    journal_hex(journal, "capBnd", status.bounding);
    journal_hex(journal, "capAmb", status.ambient);
    journal_bool(journal, "userNamespace", procfs_in_user_namespace(task->tid));
    journal_bool(journal, "noNewPrivileges", status.no_new_privileges);
    journal_number(journal, "seccomp", status.seccomp);
    journal_number(journal, "seccompFilters", status.seccomp_filters);
    journal_end(journal);
    if (status.seccomp)
        journal_note(journal, "filter-present",
                     tracer->attached
                         ? "the process runs under a seccomp filter: what that denies ran on the error path"
                         : "the workload already ran under a seccomp filter at its start: what that denies ran on the error path");
}

/* The capabilities that the file would give, or 0. */
static uint64_t file_capabilities(const char *path)
{
    struct vfs_ns_cap_data data = {0};
    ssize_t size = getxattr(path, "security.capability", &data, sizeof data);
    if (size < (ssize_t)XATTR_CAPS_SZ_2) return 0;
    return data.data[0].permitted | (uint64_t)data.data[1].permitted << 32;
}

/*
 * A traced process gets the privileges of a set-user-ID program only if the tracer has CAP_SYS_PTRACE. The outcome is
 * compared with the file, since what decides otherwise (nosuid, no_new_privs) decides so without a tracer too.
 */
void trace_check_set_user_id(struct tracer *tracer, struct task *task)
{
    char path[64];
    struct stat file;
    struct statvfs mount;
    snprintf(path, sizeof path, "/proc/%d/exe", task->tid);
    if (stat(path, &file) < 0) return;
    uint64_t capabilities = file_capabilities(path);
    bool set_gid = (file.st_mode & (S_ISGID | S_IXGRP)) == (S_ISGID | S_IXGRP);
    if (!(file.st_mode & S_ISUID) && !set_gid && !capabilities) return;
    struct status status;
    if (procfs_status(task->tid, &status) < 0 || (status.no_new_privileges && !task->deprived)) return;
    tracer->late.keeps_privileges = true;
    if (statvfs(path, &mount) == 0 && mount.f_flag & ST_NOSUID) return;
    if ((file.st_mode & S_ISUID && status.uid != file.st_uid) || (set_gid && status.gid != file.st_gid) ||
        (capabilities & status.bounding & ~status.permitted))
        trace_remark(tracer, task->image->exe, REMARK_SET_USER_ID, "set-user-id-ignored",
                     "%s did not get its set-user-ID, set-group-ID or file capabilities while it was traced",
                     task->image->exe->path);
}
