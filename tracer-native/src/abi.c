#include "abi.h"

#include <stdio.h>

const char *abi_name(abi_t abi, char *buffer, size_t size)
{
    static const char *const names[ABI_COUNT] = {"x86_64", "i386", "x32", "loongarch64"};
    if (abi < ABI_COUNT) return names[abi];
    snprintf(buffer, size, "unknown:0x%x", (unsigned)abi);
    return buffer;
}
