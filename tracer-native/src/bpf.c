#include "bpf.h"

#include <errno.h>
#include <linux/perf_event.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "bpf_program.h"

static int call(enum bpf_cmd command, union bpf_attr *attributes)
{
    long result = syscall(SYS_bpf, command, attributes, sizeof *attributes);
    return result < 0 ? -errno : (int)result;
}

int bpf_map_create(const struct bpf_map_shape *shape)
{
    union bpf_attr attributes = {.map_type = shape->type,
                                 .key_size = shape->key,
                                 .value_size = shape->value,
                                 .max_entries = shape->entries,
                                 .map_flags = shape->flags};
    snprintf(attributes.map_name, sizeof attributes.map_name, "%s", shape->name);
    return call(BPF_MAP_CREATE, &attributes);
}

static int element(enum bpf_cmd command, int map, const void *key, const void *value, uint64_t flags)
{
    union bpf_attr attributes = {.map_fd = (uint32_t)map, .key = (uintptr_t)key, .flags = flags};
    attributes.value = (uintptr_t)value; /* shares its place with next_key */
    return call(command, &attributes);
}

int bpf_map_find(int map, const void *key, void *value)
{
    return element(BPF_MAP_LOOKUP_ELEM, map, key, value, 0);
}

int bpf_map_put(int map, const void *key, const void *value)
{
    return element(BPF_MAP_UPDATE_ELEM, map, key, value, BPF_ANY);
}

int bpf_map_add(int map, const void *key, const void *value)
{
    return element(BPF_MAP_UPDATE_ELEM, map, key, value, BPF_NOEXIST);
}

int bpf_map_remove(int map, const void *key)
{
    return element(BPF_MAP_DELETE_ELEM, map, key, NULL, 0);
}

int bpf_map_next(int map, const void *key, void *next)
{
    return element(BPF_MAP_GET_NEXT_KEY, map, key, next, 0);
}

int bpf_program_load(const struct bpf_program *program, uint32_t kernel_type, enum bpf_attach_type attach, char *log, size_t size)
{
    union bpf_attr attributes = {.prog_type = program->type,
                                 .insns = (uintptr_t)program->code,
                                 .insn_cnt = (uint32_t)program->count,
                                 .license = (uintptr_t)"GPL"};
    snprintf(attributes.prog_name, sizeof attributes.prog_name, "%s", program->name);
    if (kernel_type) {
        attributes.attach_btf_id = kernel_type;
        attributes.expected_attach_type = attach;
    }
    log[0] = 0;
    if (program->overflown) return -E2BIG;
    int result = call(BPF_PROG_LOAD, &attributes);
    if (result >= 0 || result == -EPERM) return result;
    attributes.log_buf = (uintptr_t)log;
    attributes.log_size = (uint32_t)size;
    attributes.log_level = 1;
    call(BPF_PROG_LOAD, &attributes);
    return result;
}

uint64_t bpf_program_misses(int program)
{
    struct bpf_prog_info info = {0};
    union bpf_attr attributes = {.info = {.bpf_fd = (uint32_t)program, .info_len = sizeof info, .info = (uintptr_t)&info}};
    return call(BPF_OBJ_GET_INFO_BY_FD, &attributes) < 0 ? 0 : info.recursion_misses;
}

int bpf_attach_raw(const char *tracepoint, int program)
{
    union bpf_attr attributes = {.raw_tracepoint = {.name = (uintptr_t)tracepoint, .prog_fd = (uint32_t)program}};
    return call(BPF_RAW_TRACEPOINT_OPEN, &attributes);
}

int bpf_attach_event(int id, int program)
{
    struct perf_event_attr event = {.type = PERF_TYPE_TRACEPOINT, .size = sizeof event, .config = (uint64_t)id, .sample_period = 1};
    /* The programs of a tracepoint run for every event of it, whichever processor the descriptor is for. */
    int fd = (int)syscall(SYS_perf_event_open, &event, -1, 0, -1, PERF_FLAG_FD_CLOEXEC);
    if (fd < 0) return -errno;
    if (ioctl(fd, PERF_EVENT_IOC_SET_BPF, program) == 0 && ioctl(fd, PERF_EVENT_IOC_ENABLE, 0) == 0) return fd;
    int error = errno;
    close(fd);
    return -error;
}
