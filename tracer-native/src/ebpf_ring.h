/* The reader's end of a BPF ring buffer. */
#ifndef PROFGEN_EBPF_RING_H
#define PROFGEN_EBPF_RING_H

#include <stddef.h>
#include <stdint.h>

struct ebpf_ring {
    volatile uint64_t *consumed;
    const volatile uint64_t *produced;
    const unsigned char *data;
    size_t size; /* a power of two */
};

/* 0 or negative errno. */
int ebpf_ring_open(struct ebpf_ring *ring, int map, size_t size);

/* Shows every event that is there, in order. */
void ebpf_ring_read(struct ebpf_ring *ring, void (*show)(const void *event, size_t size, void *context), void *context);

#endif
