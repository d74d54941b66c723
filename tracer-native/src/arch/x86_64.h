/* All that differs on x86_64. Included before every source file. */
#ifndef PROFGEN_ARCH_H
#define PROFGEN_ARCH_H

#include <linux/audit.h>
#include <sys/syscall.h>

#include "../abi.h"

#define ARCH_NAME "x86_64"
#define ARCH_ABI ABI_X86_64
#define ARCH_NR_EXECVE SYS_execve

/* The ABI of a call from PTRACE_GET_SYSCALL_INFO; *nr loses the x32 bit. -1 is no x32 number though it has the bit. */
static inline abi_t arch_abi(uint32_t audit_arch, int32_t *nr)
{
    switch (audit_arch) {
    case AUDIT_ARCH_X86_64:
        if (*nr < 0 || !(*nr & X32_BIT)) return ABI_X86_64;
        *nr &= ~X32_BIT;
        return ABI_X32;
    case AUDIT_ARCH_I386:
        return ABI_I386;
    default:
        return ABI_UNKNOWN | audit_arch;
    }
}

#endif
