#include "abi.h"

#include <linux/audit.h>
#include <stdio.h>

const char *abi_name(abi_t abi, char *buffer, size_t size)
{
    static const char *const names[ABI_COUNT] = {"x86_64", "i386", "x32", "loongarch64"};
    if (abi < ABI_COUNT) return names[abi];
    snprintf(buffer, size, "unknown:0x%x", (unsigned)abi);
    return buffer;
}

uint32_t abi_audit(abi_t abi)
{
    static const uint32_t architectures[ABI_COUNT] = {
        [ABI_X86_64] = AUDIT_ARCH_X86_64,
        [ABI_I386] = AUDIT_ARCH_I386,
        [ABI_X32] = AUDIT_ARCH_X86_64,
        [ABI_LOONGARCH64] = AUDIT_ARCH_LOONGARCH64,
    };
    return abi < ABI_COUNT ? architectures[abi] : 0;
}
