/* What the BPF programs must know of the running kernel: from its BTF, or from tracefs where it has none. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "btf.h"
#include "ebpf.h"

/* linux/mount.h clashes with libc's header. */
enum { CONFIG_CREATE = 6 };

static int from_btf(struct ebpf_layout *layout)
{
    struct btf_want wants[] = {
        {"task_struct", "pid", 0},    {"task_struct", "thread_info", 0}, {"thread_info", "status", 0},
        {"linux_binprm", "file", 0},  {"linux_binprm", "interp", 0},     {"file", "f_inode", 0},
        {"inode", "i_ino", 0},        {"inode", "i_sb", 0},              {"super_block", "s_dev", 0},
        {"btf_trace_sys_enter", NULL, 0},          {"btf_trace_sys_exit", NULL, 0},
        {"btf_trace_task_newtask", NULL, 0},       {"btf_trace_sched_process_exec", NULL, 0},
        {"btf_trace_sched_process_exit", NULL, 0}, {"btf_trace_signal_deliver", NULL, 0},
        {"inode", "i_generation", 0},
        {"task_struct", "exit_code", 0},           {"task_struct", "real_cred", 0},
        {"btf_trace_cap_capable", NULL, 0},        {"cap_capable", NULL, 0},
    };
    const size_t count = sizeof wants / sizeof *wants;
    int error = btf_find(wants, count);
    if (error < 0) return error;
    for (size_t i = 0; i < count - 2; i++)
        if (wants[i].found < 0 && strcmp(wants[i].type, "thread_info") && (!wants[i].member || strcmp(wants[i].member, "thread_info")))
            return -ENOENT;
    layout->task_pid = wants[0].found;
    layout->task_status = wants[1].found < 0 || wants[2].found < 0 ? ARCH_TASK_STATUS : wants[1].found + wants[2].found;
    layout->bprm_file = wants[3].found;
    layout->bprm_interp = wants[4].found;
    layout->file_inode = wants[5].found;
    layout->inode_ino = wants[6].found;
    layout->inode_sb = wants[7].found;
    layout->sb_dev = wants[8].found;
    uint32_t *types[] = {&layout->type_enter, &layout->type_exit, &layout->type_newtask, &layout->type_exec, &layout->type_end,
                         &layout->type_signal};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) *types[i] = (uint32_t)wants[9 + i].found;
    layout->inode_generation = wants[count - 5].found;
    layout->task_exit_code = wants[count - 4].found;
    layout->task_cred = wants[count - 3].found;
    const int32_t tracepoint = wants[count - 2].found, function = wants[count - 1].found;
    layout->capable_is_function = tracepoint < 0;
    layout->type_capable = tracepoint >= 0 ? (uint32_t)tracepoint : function >= 0 ? (uint32_t)function : 0;
    layout->typed = true;
    return 0;
}

/* Of a file system of this process's own, should none be mounted. A descriptor or negative errno. */
static int open_tracefs(void)
{
    static const char *const mounted[] = {"/sys/kernel/tracing", "/sys/kernel/debug/tracing"};
    for (size_t i = 0; i < sizeof mounted / sizeof *mounted; i++) {
        int folder = open(mounted[i], O_PATH | O_DIRECTORY | O_CLOEXEC);
        if (folder >= 0 && faccessat(folder, "events", R_OK, 0) == 0) return folder;
        if (folder >= 0) close(folder);
    }
    int context = (int)syscall(SYS_fsopen, "tracefs", 1 /* FSOPEN_CLOEXEC */);
    if (context < 0) return -errno;
    int folder = syscall(SYS_fsconfig, context, CONFIG_CREATE, NULL, NULL, 0) < 0
                     ? -1
                     : (int)syscall(SYS_fsmount, context, 1 /* FSMOUNT_CLOEXEC */, 0);
    int error = errno;
    close(context);
    return folder < 0 ? -error : folder;
}

static int read_text(int folder, const char *event, const char *name, char *text, size_t size)
{
    char path[96];
    snprintf(path, sizeof path, "events/%s/%s", event, name);
    int fd = openat(folder, path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return -errno;
    ssize_t got = read(fd, text, size - 1);
    int error = errno;
    close(fd);
    if (got < 0) return -error;
    text[got] = 0;
    return 0;
}

/* "field:pid_t pid;	offset:8;": the number behind the field of that name, -1 if there is none. */
static int offset_of(const char *format, const char *field)
{
    size_t length = strlen(field);
    for (const char *line = strstr(format, "field:"); line; line = strstr(line + 1, "field:")) {
        const char *end = strchr(line, ';');
        if (!end || (size_t)(end - line) < length + 1) continue;
        const char *array = memchr(line, '[', (size_t)(end - line));
        const char *name = (array && array[1] != ']' ? array : end) - length;
        const char *offset = strstr(end, "offset:");
        if (!strncmp(name, field, length) && name[-1] == ' ' && offset) return atoi(offset + strlen("offset:"));
    }
    return -1;
}

/* An event's number and format. */
static int read_event(int folder, const char *event, int *id, char *format, size_t size)
{
    char text[16];
    int error = read_text(folder, event, "id", text, sizeof text);
    if (error < 0) return error;
    *id = atoi(text);
    return read_text(folder, event, "format", format, size);
}

static int from_tracefs(struct ebpf_layout *layout)
{
    static char format[4096];
    int folder = open_tracefs();
    if (folder < 0) return folder;
    int error = read_event(folder, "task/task_newtask", &layout->newtask_id, format, sizeof format);
    layout->newtask_pid = offset_of(format, "pid");
    layout->newtask_flags = offset_of(format, "clone_flags");
    if (!error) error = read_event(folder, "sched/sched_process_exec", &layout->exec_id, format, sizeof format);
    layout->exec_filename = offset_of(format, "filename");
    layout->exec_old_pid = offset_of(format, "old_pid");
    close(folder);
    if (error) return error;
    bool known = layout->newtask_pid > 0 && layout->newtask_flags > 0 && layout->exec_filename > 0 && layout->exec_old_pid > 0;
    layout->task_status = ARCH_TASK_STATUS;
    return known ? 0 : -ENOTSUP;
}

/* From Linux 7 on, kernels with preemption have it on at the tracepoints of calls, since their programs may sleep. */
static bool interrupts_programs_at_calls(void)
{
    struct utsname system;
    uname(&system);
    return getenv("PROFGEN_PREEMPTED") || (atoi(system.release) >= 7 && strstr(system.version, "PREEMPT"));
}

/* Where these cannot be read, what is lost is told. */
static void find_events_of_calls(struct ebpf_layout *layout)
{
    static char format[4096];
    layout->loses = interrupts_programs_at_calls();
    int folder = layout->loses ? open_tracefs() : -1;
    if (folder < 0) return;
    int error = read_event(folder, "raw_syscalls/sys_enter", &layout->enter_id, format, sizeof format);
    layout->enter_number = offset_of(format, "id");
    layout->enter_arguments = offset_of(format, "args");
    if (!error) error = read_event(folder, "raw_syscalls/sys_exit", &layout->exit_id, format, sizeof format);
    layout->exit_result = offset_of(format, "ret");
    close(folder);
    layout->preempted = !error && layout->enter_number > 0 && layout->enter_arguments > 0 && layout->exit_result > 0;
    layout->only_stand_in = layout->preempted && getenv("PROFGEN_PREEMPTED") && !strcmp(getenv("PROFGEN_PREEMPTED"), "always");
    layout->loses = !layout->preempted;
    if (layout->loses) layout->enter_id = layout->exit_id = 0;
}

/* A power of two. */
static uint32_t places(void)
{
    const char *text = secure_getenv("PROFGEN_PLACES");
    unsigned long number = text ? strtoul(text, NULL, 10) : EBPF_PLACES;
    return number > 0 && number <= EBPF_PLACES && (number & (number - 1)) == 0 ? (uint32_t)number : EBPF_PLACES;
}

int ebpf_find_layout(struct ebpf_layout *layout, char *problem, size_t size)
{
    *layout = (struct ebpf_layout){0};
    int error = getenv("PROFGEN_WITHOUT_BTF") ? -ENOENT : from_btf(layout);
    if (error < 0) {
        *layout = (struct ebpf_layout){0};
        error = from_tracefs(layout);
    }
    find_events_of_calls(layout);
    layout->places = places();
    if (error < 0) snprintf(problem, size, "neither the kernel's BTF nor its tracefs can be read: %s", strerror(-error));
    return error;
}

size_t ebpf_executable_key(const struct ebpf_layout *layout)
{
    return layout->typed ? 3 * sizeof(uint64_t) : EBPF_PATH + sizeof(uint64_t);
}
