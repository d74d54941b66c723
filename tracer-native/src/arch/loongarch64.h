/* All that differs on loongarch64. Included before every source file. */
#ifndef PROFGEN_ARCH_H
#define PROFGEN_ARCH_H

#include <linux/audit.h>
#include <sys/syscall.h>

#include "../abi.h"

#define ARCH_NAME "loongarch64"
#define ARCH_ABI ABI_LOONGARCH64
#define ARCH_NR_EXECVE SYS_execve

/* Linux has no 32-bit ABI for 64-bit LoongArch: the number stays as it is. */
static inline abi_t arch_abi(uint32_t audit_arch, int32_t *nr)
{
    (void)nr;
    return audit_arch == AUDIT_ARCH_LOONGARCH64 ? (abi_t)ABI_LOONGARCH64 : (ABI_UNKNOWN | audit_arch);
}

#endif
