/* All that differs on loongarch64. Included before every source file. */
#ifndef PROFGEN_ARCH_H
#define PROFGEN_ARCH_H

#include <elf.h>
#include <linux/audit.h>
#include <stdint.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>

#include "../abi.h"

#define ARCH_NAME "loongarch64"
#define ARCH_ABI ABI_LOONGARCH64
/* Those beside it: of 32-bit calls, and the one whose numbers have X32_BIT. ARCH_ABI: there is none. */
#define ARCH_ABI_32 ARCH_ABI
#define ARCH_ABI_WITH_BIT ARCH_ABI
#define ARCH_NR_EXECVE SYS_execve
/* Calls that tell, inherit and change no mask of processors, beside those that every architecture has. */
#define ARCH_OLDER_CALLS SYS_nanosleep

/* Linux has no 32-bit ABI for 64-bit LoongArch: the number stays as it is. */
static inline abi_t arch_abi(uint32_t audit_arch, int32_t *nr)
{
    (void)nr;
    return audit_arch == AUDIT_ARCH_LOONGARCH64 ? (abi_t)ABI_LOONGARCH64 : (ABI_UNKNOWN | audit_arch);
}

/* One system call, by itself: it sets no errno. */
static inline uint64_t arch_call(uint64_t nr, const uint64_t arguments[6])
{
    register uint64_t a7 __asm__("$a7") = nr, a0 __asm__("$a0") = arguments[0], a1 __asm__("$a1") = arguments[1];
    register uint64_t a2 __asm__("$a2") = arguments[2], a3 __asm__("$a3") = arguments[3], a4 __asm__("$a4") = arguments[4];
    register uint64_t a5 __asm__("$a5") = arguments[5];
    __asm__ volatile("syscall 0"
                     : "+r"(a0)
                     : "r"(a7), "r"(a1), "r"(a2), "r"(a3), "r"(a4), "r"(a5)
                     : "$t0", "$t1", "$t2", "$t3", "$t4", "$t5", "$t6", "$t7", "$t8", "memory");
    return a0;
}

/* The instruction that makes a call, as it lies in memory, and its size. */
#define ARCH_SYSCALL UINT32_C(0x002b0000)
#define ARCH_SYSCALL_SIZE 4

/* As PTRACE_GETREGSET has them. */
struct arch_registers {
    struct {
        uint64_t regs[32], orig_a0, csr_era, csr_badv, reserved[10];
    } all;
};

/* At the stop at the exit of a call: the same instruction again, with this call. */
static inline void arch_call_again(struct arch_registers *registers, uint64_t nr, const uint64_t arguments[6])
{
    registers->all.csr_era -= ARCH_SYSCALL_SIZE;
    registers->all.regs[0] = 0; /* the kernel's mark of a call that could be restarted */
    registers->all.regs[11] = nr;
    for (int i = 0; i < 6; i++) registers->all.regs[4 + i] = arguments[i];
}

static inline uint64_t arch_next_instruction(const struct arch_registers *registers)
{
    return registers->all.csr_era;
}

static inline uint64_t arch_result(const struct arch_registers *registers)
{
    return registers->all.regs[4];
}

/* At the stop at the entry of a call: the kernel has kept a copy, which it uses. -1 with errno. */
static inline int arch_set_first_argument(pid_t tid, abi_t abi, uint64_t value)
{
    (void)abi;
    struct arch_registers registers;
    struct iovec part = {&registers.all, sizeof registers.all};
    if (ptrace(PTRACE_GETREGSET, tid, (void *)NT_PRSTATUS, &part) < 0) return -1;
    registers.all.orig_a0 = value;
    registers.all.regs[4] = value;
    return (int)ptrace(PTRACE_SETREGSET, tid, (void *)NT_PRSTATUS, &part);
}

/* At the stop before a call that a filter has asked a tracer about: it is not made, and fails with ENOSYS. */
static inline int arch_skip_call(pid_t tid)
{
    struct arch_registers registers;
    struct iovec part = {&registers.all, sizeof registers.all};
    if (ptrace(PTRACE_GETREGSET, tid, (void *)NT_PRSTATUS, &part) < 0) return -1;
    registers.all.regs[11] = UINT64_MAX; /* the result the kernel has put there before, for calls that there are not */
    return (int)ptrace(PTRACE_SETREGSET, tid, (void *)NT_PRSTATUS, &part);
}

/* Where the program starts: try_entry(stack), and then libc's start, which wants $a0 and the stack as they were. */
#define ARCH_ENTRY \
    "addi.d $sp, $sp, -16\n st.d $a0, $sp, 0\n addi.d $a0, $sp, 16\n bl try_entry\n" \
    "ld.d $a0, $sp, 0\n addi.d $sp, $sp, 16\n b _start\n"

/* Where the kernel's struct pt_regs has a call's number and arguments: orig_a0, since $a0 is the result's place. */
#define ARCH_REGISTER_NUMBER (11 * 8)
#define ARCH_REGISTER_STACK (3 * 8)
/* There is no 32-bit code. */
#define ARCH_REGISTER_ARGUMENTS_32 ARCH_REGISTER_ARGUMENTS
#define ARCH_TASK_IS_32 0
#define ARCH_TASK_STATUS 0
/* exit and exit_group. */
#define ARCH_ENDS_OF_THREADS {{ABI_LOONGARCH64, {93, 94}}}
/* execve and execveat. */
#define ARCH_EXECUTIONS {{ABI_LOONGARCH64, {221, 281}}}
/* clone and clone3. */
#define ARCH_CLONES {{ABI_LOONGARCH64, {220, 435}}}
/* brk. */
#define ARCH_GROWTHS {{ABI_LOONGARCH64, 214}}
/* rt_sigaction and rt_sigreturn. */
#define ARCH_HANDLERS {{ABI_LOONGARCH64, 134, 139, false}}
/* capset. */
#define ARCH_CAPSETS {{ABI_LOONGARCH64, 91}}
#define ARCH_REGISTER_ARGUMENTS {32 * 8, 5 * 8, 6 * 8, 7 * 8, 8 * 8, 9 * 8}

#endif
