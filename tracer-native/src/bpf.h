/* bpf(2) as it is: maps, programs, where they are attached. Every descriptor is closed on exec; nothing outlives the process. */
#ifndef PROFGEN_BPF_H
#define PROFGEN_BPF_H

#include <linux/bpf.h>
#include <stddef.h>
#include <stdint.h>

struct bpf_program;

struct bpf_map_shape {
    const char *name; /* as bpftool shows it, at most 15 characters */
    enum bpf_map_type type;
    uint32_t key, value, entries, flags;
};

/* A descriptor, or negative errno. */
int bpf_map_create(const struct bpf_map_shape *shape);

/* 0 or negative errno. */
int bpf_map_find(int map, const void *key, void *value);
int bpf_map_put(int map, const void *key, const void *value);
/* -EEXIST: it is there. */
int bpf_map_add(int map, const void *key, const void *value);
int bpf_map_remove(int map, const void *key);
/* The key after that one, the first for NULL; -ENOENT at the end. */
int bpf_map_next(int map, const void *key, void *next);

/*
 * A descriptor, or negative errno; what the verifier says to it is then in log. kernel_type: in the kernel's BTF, of the
 * tracepoint's typedef (BPF_TRACE_RAW_TP) or the function (BPF_TRACE_FEXIT), as `attach` says; 0 for a program that reads the
 * kernel's memory by helpers.
 */
int bpf_program_load(const struct bpf_program *program, uint32_t kernel_type, enum bpf_attach_type attach, char *log, size_t size);

/* How often the kernel has left a program out, because it had been interrupted in it on the same processor. */
uint64_t bpf_program_misses(int program);

/* The link, whose end detaches the program; negative errno. No name: what it was loaded for. */
int bpf_attach_raw(const char *tracepoint, int program);
/* To a tracepoint of tracefs, by its id. */
int bpf_attach_event(int id, int program);

#endif
