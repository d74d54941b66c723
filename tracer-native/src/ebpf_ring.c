#include "ebpf_ring.h"

#include <errno.h>
#include <linux/bpf.h>
#include <sys/mman.h>
#include <unistd.h>

int ebpf_ring_open(struct ebpf_ring *ring, int map, size_t size)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    void *mine = mmap(NULL, page, PROT_READ | PROT_WRITE, MAP_SHARED, map, 0);
    /* The data is there twice in a row, so that no event is cut at the end. */
    void *theirs = mine == MAP_FAILED ? MAP_FAILED : mmap(NULL, page + 2 * size, PROT_READ, MAP_SHARED, map, (off_t)page);
    if (theirs == MAP_FAILED) return -errno;
    *ring = (struct ebpf_ring){.consumed = mine, .produced = theirs, .data = (unsigned char *)theirs + page, .size = size};
    return 0;
}

void ebpf_ring_read(struct ebpf_ring *ring, void (*show)(const void *event, size_t size, void *context), void *context)
{
    uint64_t at = *ring->consumed;
    while (at < __atomic_load_n(ring->produced, __ATOMIC_ACQUIRE)) {
        const unsigned char *record = ring->data + (at & (ring->size - 1));
        uint32_t head = __atomic_load_n((const uint32_t *)record, __ATOMIC_ACQUIRE);
        if (head & BPF_RINGBUF_BUSY_BIT) return; /* its writer wakes the reader when it is done */
        uint32_t length = head & ~BPF_RINGBUF_DISCARD_BIT;
        if (!(head & BPF_RINGBUF_DISCARD_BIT)) show(record + BPF_RINGBUF_HDR_SZ, length, context);
        at += (length + BPF_RINGBUF_HDR_SZ + 7) / 8 * 8;
        __atomic_store_n(ring->consumed, at, __ATOMIC_RELEASE);
    }
}
