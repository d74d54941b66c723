/* All that differs on x86_64. Included before every source file. */
#ifndef PROFGEN_ARCH_H
#define PROFGEN_ARCH_H

#include <linux/audit.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/user.h>

#include "../abi.h"

#define ARCH_NAME "x86_64"
#define ARCH_ABI ABI_X86_64
/* Those beside it: of 32-bit calls, and the one whose numbers have X32_BIT. ARCH_ABI: there is none. */
#define ARCH_ABI_32 ABI_I386
#define ARCH_ABI_WITH_BIT ABI_X32
#define ARCH_NR_EXECVE SYS_execve
/* Calls that tell, inherit and change no mask of processors, beside those that every architecture has. */
#define ARCH_OLDER_CALLS \
    SYS_access, SYS_arch_prctl, SYS_dup2, SYS_epoll_wait, SYS_fstat, SYS_lstat, SYS_nanosleep, SYS_newfstatat, SYS_open, SYS_pipe, \
        SYS_poll, SYS_readlink, SYS_select, SYS_stat

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

/* The instruction that makes a call, as it lies in memory, and its size. */
#define ARCH_SYSCALL UINT32_C(0x050f)
#define ARCH_SYSCALL_SIZE 2

/* As PTRACE_GETREGSET has them, of 64-bit code. */
struct arch_registers {
    struct user_regs_struct all;
};

/* At the stop at the exit of a call: the same instruction again, with this call. */
static inline void arch_call_again(struct arch_registers *registers, uint64_t nr, const uint64_t arguments[6])
{
    struct user_regs_struct *all = &registers->all;
    all->rip -= ARCH_SYSCALL_SIZE;
    all->rax = nr;
    all->orig_rax = (unsigned long long)-1; /* no call is interrupted that could be restarted */
    all->rdi = arguments[0], all->rsi = arguments[1], all->rdx = arguments[2];
    all->r10 = arguments[3], all->r8 = arguments[4], all->r9 = arguments[5];
}

static inline uint64_t arch_next_instruction(const struct arch_registers *registers)
{
    return registers->all.rip;
}

static inline uint64_t arch_result(const struct arch_registers *registers)
{
    return registers->all.rax;
}

/* At the stop at the entry of a call; the places are those of 64-bit code in all code. -1 with errno. */
static inline int arch_set_first_argument(pid_t tid, abi_t abi, uint64_t value)
{
    size_t place = abi == ABI_I386 ? offsetof(struct user, regs.rbx) : offsetof(struct user, regs.rdi);
    return (int)ptrace(PTRACE_POKEUSER, tid, (void *)place, (void *)value);
}

/* At the stop before a call that a filter has asked a tracer about: it is not made, and fails with ENOSYS. */
static inline int arch_skip_call(pid_t tid)
{
    /* The result the kernel has put there before, for calls that there are not. */
    return (int)ptrace(PTRACE_POKEUSER, tid, (void *)offsetof(struct user, regs.orig_rax), (void *)-1L);
}

/* Where the program starts: try_entry(stack), and then libc's start, which wants %rdx and the stack as they were. */
#define ARCH_ENTRY \
    "mov %rsp, %rdi\n push %rdx\n sub $8, %rsp\n xor %ebp, %ebp\n call try_entry\n add $8, %rsp\n pop %rdx\n jmp _start\n"

/* Where the kernel's struct pt_regs has a call's number and arguments, those of 32-bit calls, and how a task tells these apart. */
#define ARCH_REGISTER_NUMBER 120
#define ARCH_REGISTER_STACK 152
#define ARCH_REGISTER_ARGUMENTS {112, 104, 96, 56, 72, 64}
#define ARCH_REGISTER_ARGUMENTS_32 {40, 88, 96, 104, 112, 32}
/* exit and exit_group of each ABI. */
#define ARCH_ENDS_OF_THREADS {{ABI_X86_64, {60, 231}}, {ABI_I386, {1, 252}}, {ABI_X32, {60, 231}}}
/* execve and execveat. */
#define ARCH_EXECUTIONS {{ABI_X86_64, {59, 322}}, {ABI_I386, {11, 358}}, {ABI_X32, {520, 545}}}
/* clone and clone3, fork and vfork. */
#define ARCH_CLONES \
    {{ABI_X86_64, {56, 435}}, {ABI_X86_64, {57, 58}}, {ABI_I386, {120, 435}}, {ABI_I386, {2, 190}}, {ABI_X32, {56, 435}}, {ABI_X32, {57, 58}}}
/* brk. */
#define ARCH_GROWTHS {{ABI_X86_64, 12}, {ABI_I386, 45}, {ABI_X32, 12}}
/* What installs a signal handler (rt_sigaction, sigaction, signal), and what that may end with (rt_sigreturn, sigreturn). */
#define ARCH_HANDLERS \
    {{ABI_X86_64, 13, 15, false}, {ABI_I386, 174, 173, false}, {ABI_I386, 174, 119, false}, {ABI_I386, 67, 173, false}, \
     {ABI_I386, 67, 119, false}, {ABI_I386, 48, 119, true}, {ABI_X32, 512, 513, false}}
/* capset. */
#define ARCH_CAPSETS {{ABI_X86_64, 126}, {ABI_I386, 185}, {ABI_X32, 126}}
#define ARCH_TASK_STATUS 16 /* its struct thread_info is the beginning of a task: flags, syscall_work, status (since Linux 5.11) */
#define ARCH_TASK_IS_32 2 /* TS_COMPAT: regs->cs does not show int 0x80 of a 64-bit program */

#endif
