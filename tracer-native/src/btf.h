/* The kernel's own description of its types (/sys/kernel/btf/vmlinux), read in pieces: it is larger than the tracer. */
#ifndef PROFGEN_BTF_H
#define PROFGEN_BTF_H

#include <stddef.h>
#include <stdint.h>

/* Where a member lies in its structure; or, without a member, the number of a typedef or a function. */
struct btf_want {
    const char *type, *member;
    int32_t found; /* bytes, or the number; -1: there is none */
};

/* 0, or negative errno: this kernel has none, or it cannot be read. */
int btf_find(struct btf_want *wants, size_t count);

#endif
