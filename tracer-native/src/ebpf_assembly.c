#include "ebpf_assembly.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/utsname.h>

static int bytes_of(int size)
{
    return size == BPF_DW ? 8 : size == BPF_W ? 4 : 1;
}

void ebpf_read_by_helper(struct bpf_program *program, int size, int to, int base, int offset)
{
    asm_address(program, R3, base, offset);
    asm_address(program, R1, FP, AT_SCRATCH);
    asm_set(program, R2, bytes_of(size));
    asm_call(program, BPF_FUNC_probe_read_kernel);
    asm_load(program, size, to, FP, AT_SCRATCH);
}

void ebpf_read(struct bpf_program *program, const struct ebpf *ebpf, int size, int to, int base, int offset)
{
    if (ebpf->layout.typed)
        asm_load(program, size, to, base, offset);
    else
        ebpf_read_by_helper(program, size, to, base, offset);
}

bool ebpf_of_event(const struct bpf_program *program)
{
    return program->type == BPF_PROG_TYPE_TRACEPOINT;
}

void ebpf_clear(struct bpf_program *program, int at, size_t size)
{
    for (int i = 0; i < (int)size; i += 8) asm_store_value(program, BPF_DW, FP, at + i, 0);
}

void ebpf_find(struct bpf_program *program, const struct ebpf *ebpf, enum ebpf_map map, int key)
{
    asm_map(program, R1, ebpf->maps[map]);
    asm_address(program, R2, FP, key);
    asm_call(program, BPF_FUNC_map_lookup_elem);
}

void ebpf_add(struct bpf_program *program, const struct ebpf *ebpf, enum ebpf_map map, int key, int value)
{
    asm_map(program, R1, ebpf->maps[map]);
    asm_address(program, R2, FP, key);
    asm_address(program, R3, FP, value);
    asm_set(program, R4, BPF_NOEXIST);
    asm_call(program, BPF_FUNC_map_update_elem);
}

void ebpf_state_load(struct bpf_program *program, const struct ebpf *ebpf, int size, int to, int field)
{
    asm_map_value(program, to, ebpf->maps[MAP_STATE], field);
    asm_load(program, size, to, to, 0);
}

void ebpf_state_count(struct bpf_program *program, const struct ebpf *ebpf, int size, int field, int by, bool fetch)
{
    asm_map_value(program, R2, ebpf->maps[MAP_STATE], field);
    asm_set(program, R1, by);
    asm_atomic(program, size, fetch ? BPF_ADD | BPF_FETCH : BPF_ADD, R2, 0, R1);
}

void ebpf_find_task(struct bpf_program *program, const struct ebpf *ebpf, int none)
{
    asm_call(program, BPF_FUNC_get_current_pid_tgid);
    asm_store(program, BPF_DW, FP, AT_PID, R0);
    ebpf_find_place(program, ebpf, AT_PID, none);
    asm_move(program, R8, R0);
}

void ebpf_store_phase(struct bpf_program *program, const struct ebpf *ebpf, int at)
{
    ebpf_state_load(program, ebpf, BPF_W, R1, STATE(phase));
    asm_store(program, BPF_W, FP, at + (int)offsetof(struct ebpf_event, phase), R1);
}

void ebpf_tell_all(struct bpf_program *program, const struct ebpf *ebpf, enum ebpf_type type, int at, size_t size)
{
    int told = asm_label(program);
    asm_store_value(program, BPF_W, FP, at + (int)offsetof(struct ebpf_event, type), type);
    asm_load(program, BPF_W, R1, FP, AT_PID + 4);
    asm_store(program, BPF_W, FP, at + (int)offsetof(struct ebpf_event, pid), R1);
    asm_load(program, BPF_W, R1, R8, TASK(image));
    asm_store(program, BPF_W, FP, at + (int)offsetof(struct ebpf_event, image), R1);
    asm_call(program, BPF_FUNC_ktime_get_ns);
    asm_store(program, BPF_DW, FP, at + (int)offsetof(struct ebpf_event, ns), R0);
    asm_map(program, R1, ebpf->maps[MAP_EVENTS]);
    asm_address(program, R2, FP, at);
    asm_set(program, R3, (int32_t)size);
    asm_set(program, R4, 0);
    asm_call(program, BPF_FUNC_ringbuf_output);
    asm_if(program, BPF_JEQ, R0, 0, told);
    ebpf_state_count(program, ebpf, BPF_DW, STATE(lost_events), 1, false);
    asm_place(program, told);
}

void ebpf_tell(struct bpf_program *program, const struct ebpf *ebpf, enum ebpf_type type)
{
    ebpf_tell_all(program, ebpf, type, AT_EVENT, sizeof(struct ebpf_event));
}

struct hook {
    void (*assemble)(struct bpf_program *, const struct ebpf *);
    const char *name, *tracepoint;
    uint32_t kernel_type;
    int event;         /* of tracefs; 0: the tracepoint itself */
    bool stood_in_for; /* what it misses another program tells */
    bool function;     /* not a tracepoint: the exit of a function of this name, which not every kernel has programs for */
};

/* What the verifier objects to: the last line before its statistics. */
static const char *objection(char *log)
{
    char *end = strstr(log, "\nprocessed ");
    if (end) *end = 0;
    while (*log && log[strlen(log) - 1] == '\n') log[strlen(log) - 1] = 0;
    char *line = strrchr(log, '\n');
    return line ? line + 1 : log;
}

static enum bpf_prog_type type_of(const struct ebpf *ebpf, const struct hook *hook)
{
    if (hook->event) return BPF_PROG_TYPE_TRACEPOINT;
    return ebpf->layout.typed ? BPF_PROG_TYPE_TRACING : BPF_PROG_TYPE_RAW_TRACEPOINT;
}

static int attach(struct ebpf *ebpf, const struct hook *hook)
{
    static struct bpf_program program;
    static char log[EBPF_LOG];
    asm_begin(&program, hook->name, type_of(ebpf, hook));
    hook->assemble(&program, ebpf);
    asm_end(&program);
    int fd = bpf_program_load(&program, hook->event ? 0 : hook->kernel_type, hook->function ? BPF_TRACE_FEXIT : BPF_TRACE_RAW_TP, log,
                              sizeof log);
    if (fd < 0) {
        snprintf(ebpf->problem, sizeof ebpf->problem, "program %s: %s%s%.150s", hook->name, strerror(-fd), *log ? ": " : "", objection(log));
        return fd;
    }
    ebpf->held[ebpf->nheld++] = fd;
    int link = hook->event ? bpf_attach_event(hook->event, fd)
                           : bpf_attach_raw(ebpf->layout.typed ? NULL : hook->tracepoint, fd);
    if (link < 0) {
        snprintf(ebpf->problem, sizeof ebpf->problem, "tracepoint %s: %s", hook->tracepoint, strerror(-link));
        return link;
    }
    ebpf->held[ebpf->nheld++] = link;
    if (hook->assemble == ebpf_assemble_capable)
        ebpf->capable = fd;
    else if (!hook->stood_in_for)
        ebpf->programs[ebpf->nprograms++] = fd;
    return link;
}

bool ebpf_sees_capabilities(const struct ebpf *ebpf)
{
    return ebpf->layout.typed && ebpf->layout.type_capable != 0;
}

/* Calls last: what they look up is kept by the others. */
int ebpf_attach_programs(struct ebpf *ebpf)
{
    struct ebpf_layout *layout = &ebpf->layout;
    const struct hook hooks[] = {
        {ebpf_assemble_newtask, "profgen_task", "task_newtask", layout->type_newtask, layout->newtask_id, false, false},
        {ebpf_assemble_exec, "profgen_exec", "sched_process_exec", layout->type_exec, layout->exec_id, false, false},
        {ebpf_assemble_end, "profgen_end", "sched_process_exit", layout->type_end, 0, false, false},
        {ebpf_assemble_signal, "profgen_signal", "signal_deliver", layout->type_signal, 0, false, false},
        {ebpf_assemble_capable, "profgen_capable", "cap_capable", layout->type_capable, 0, false, layout->capable_is_function},
        {ebpf_assemble_exit, "profgen_exits", NULL, 0, layout->exit_id, true, false},
        {ebpf_assemble_exit, "profgen_exit", "sys_exit", layout->type_exit, 0, layout->preempted, false},
        {ebpf_assemble_enter, "profgen_enter", "sys_enter", layout->type_enter, layout->enter_id, layout->preempted, false},
    };
    for (size_t i = 0; i < sizeof hooks / sizeof *hooks; i++) {
        if (hooks[i].assemble == ebpf_assemble_capable && !ebpf_sees_capabilities(ebpf)) continue;
        if (!hooks[i].tracepoint && !hooks[i].event) continue;
        if (layout->only_stand_in && hooks[i].event && hooks[i].stood_in_for) continue;
        int link = attach(ebpf, &hooks[i]);
        if (link < 0 && !hooks[i].function) return link;
        if (link < 0) { /* all else works without it */
            layout->type_capable = 0;
            ebpf->problem[0] = 0;
        }
    }
    return 0;
}

uint64_t ebpf_misses(const struct ebpf *ebpf)
{
    uint64_t misses = 0;
    for (size_t i = 0; i < ebpf->nprograms; i++) misses += bpf_program_misses(ebpf->programs[i]);
    return misses;
}

/* Before 6.1 the kernel wants what is added while it traces to be there from the beginning. */
static uint32_t flags_of_a_hash(void)
{
    struct utsname system;
    unsigned major = 0, minor = 0;
    uname(&system);
    return sscanf(system.release, "%u.%u", &major, &minor) == 2 && (major > 6 || (major == 6 && minor > 0)) ? BPF_F_NO_PREALLOC : 0;
}

static void *share(int map, size_t size)
{
    void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, map, 0);
    return memory == MAP_FAILED ? NULL : memory;
}

int ebpf_open_maps(struct ebpf *ebpf)
{
    const uint32_t hash = flags_of_a_hash(), key = offsetof(struct ebpf_event, values), tuple = offsetof(struct ebpf_event, type);
    const uint32_t executable = (uint32_t)ebpf_executable_key(&ebpf->layout);
    const uint32_t array = BPF_F_MMAPABLE;
    const struct bpf_map_shape shapes[MAP_COUNT] = {
        [MAP_STATE] = {"profgen_state", BPF_MAP_TYPE_ARRAY, 4, sizeof(struct ebpf_state), 1, array},
        [MAP_TASKS] = {"profgen_tasks", BPF_MAP_TYPE_ARRAY, 4, sizeof(struct ebpf_task), EBPF_PLACES + EBPF_SPARE_PLACES, array},
        [MAP_SPARE] = {"profgen_spare", BPF_MAP_TYPE_HASH, 4, 4, EBPF_SPARE_PLACES, hash},
        [MAP_CALLS] = {"profgen_calls", BPF_MAP_TYPE_ARRAY, 4, sizeof(struct ebpf_call), EBPF_OWN_SLOTS * EBPF_NUMBERS, array},
        [MAP_OTHER_CALLS] = {"profgen_others", BPF_MAP_TYPE_HASH, key, sizeof(struct ebpf_call), 65536, hash},
        [MAP_ERRNOS] = {"profgen_errnos", BPF_MAP_TYPE_HASH, key, 8, 32768, hash},
        [MAP_TUPLES] = {"profgen_tuples", BPF_MAP_TYPE_HASH, tuple, 4, 65536, hash},
        [MAP_EXECUTABLES] = {"profgen_exes", BPF_MAP_TYPE_HASH, executable, 4, EBPF_SLOTS, hash},
        [MAP_WATCHED] = {"profgen_watched", BPF_MAP_TYPE_ARRAY, 4, sizeof(struct ebpf_watch), ABI_COUNT * EBPF_WATCHED, array},
        [MAP_CAPABILITIES] = {"profgen_caps", BPF_MAP_TYPE_HASH, key, 8, 8192, hash},
        [MAP_EVENTS] = {"profgen_events", BPF_MAP_TYPE_RINGBUF, 0, 0, EBPF_RING, 0},
    };
    for (int i = 0; i < MAP_COUNT; i++) {
        ebpf->maps[i] = bpf_map_create(&shapes[i]);
        if (ebpf->maps[i] >= 0) ebpf->held[ebpf->nheld++] = ebpf->maps[i];
        if (ebpf->maps[i] >= 0) continue;
        snprintf(ebpf->problem, sizeof ebpf->problem, "map %s: %s", shapes[i].name, strerror(-ebpf->maps[i]));
        return ebpf->maps[i];
    }
    ebpf->state = share(ebpf->maps[MAP_STATE], sizeof *ebpf->state);
    ebpf->tasks = share(ebpf->maps[MAP_TASKS], (size_t)(EBPF_PLACES + EBPF_SPARE_PLACES) * sizeof *ebpf->tasks);
    ebpf->calls = share(ebpf->maps[MAP_CALLS], (size_t)EBPF_OWN_SLOTS * EBPF_NUMBERS * sizeof *ebpf->calls);
    ebpf->watched = share(ebpf->maps[MAP_WATCHED], (size_t)ABI_COUNT * EBPF_WATCHED * sizeof *ebpf->watched);
    if (ebpf->state && ebpf->tasks && ebpf->calls && ebpf->watched) return 0;
    snprintf(ebpf->problem, sizeof ebpf->problem, "shared memory of a map: %s", strerror(errno));
    return -errno;
}
