/* The numbers of a system call belong to an ABI, and one process can use several of them. */
#ifndef PROFGEN_ABI_H
#define PROFGEN_ABI_H

#include <stddef.h>
#include <stdint.h>

/* The order of watched_tables[]. */
enum { ABI_X86_64, ABI_I386, ABI_X32, ABI_LOONGARCH64, ABI_COUNT };

#define ABI_UNKNOWN (UINT64_C(1) << 32)

/* One of the enumeration, or ABI_UNKNOWN | the audit architecture. */
typedef uint64_t abi_t;

#define X32_BIT 0x40000000

/* The kernel's MAX_ERRNO: results from its negative on are errors, and a filter's higher errnos are cut to it. */
enum { HIGHEST_ERRNO = 4095 };

/* "x86_64", ... or "unknown:0x<audit architecture>"; the text is in buffer or static. */
const char *abi_name(abi_t abi, char *buffer, size_t size);

/* The audit architecture that a seccomp filter sees, 0 for an unknown ABI. */
uint32_t abi_audit(abi_t abi);

#endif
