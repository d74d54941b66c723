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

/* One system call, by itself: it sets no errno. */
static inline uint64_t arch_call(uint64_t nr, const uint64_t arguments[6])
{
    uint64_t result;
    register uint64_t r10 __asm__("r10") = arguments[3], r8 __asm__("r8") = arguments[4], r9 __asm__("r9") = arguments[5];
    __asm__ volatile("syscall"
                     : "=a"(result)
                     : "a"(nr), "D"(arguments[0]), "S"(arguments[1]), "d"(arguments[2]), "r"(r10), "r"(r8), "r"(r9)
                     : "rcx", "r11", "memory");
    return result;
}

/* Where the program starts: try_entry(stack), and then libc's start, which wants %rdx and the stack as they were. */
#define ARCH_ENTRY \
    "mov %rsp, %rdi\n push %rdx\n sub $8, %rsp\n xor %ebp, %ebp\n call try_entry\n add $8, %rsp\n pop %rdx\n jmp _start\n"

#endif
