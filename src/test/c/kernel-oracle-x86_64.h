/* What of kernel-oracle.c differs on x86_64. */
#pragma once

static int64_t call_native(const struct call *call)
{
	int64_t result;
	register uint64_t r10 __asm__("r10") = call->args[3];
	register uint64_t r8 __asm__("r8") = call->args[4];
	register uint64_t r9 __asm__("r9") = call->args[5];
	__asm__ volatile("syscall"
			 : "=a"(result)
			 : "a"((uint64_t)call->number), "D"(call->args[0]), "S"(call->args[1]), "d"(call->args[2]), "r"(r10),
			   "r"(r8), "r"(r9)
			 : "rcx", "r11", "memory");
	return result;
}

/* i386's. The sixth argument is ebp, which the compiler keeps to itself. */
static int64_t call_foreign(const struct call *call)
{
	int64_t result;
	uint64_t sixth = call->args[5];
	__asm__ volatile("xchg %%rbp, %[sixth]\n\t"
			 "int $0x80\n\t"
			 "xchg %%rbp, %[sixth]"
			 : "=a"(result), [sixth] "+r"(sixth)
			 : "a"((uint64_t)call->number), "b"(call->args[0]), "c"(call->args[1]), "d"(call->args[2]),
			   "S"(call->args[3]), "D"(call->args[4])
			 : "r8", "r9", "r10", "r11", "memory");
	return result;
}

/* Ends by SIGILL. */
static void undefined_instruction(void)
{
	__asm__ volatile("ud2");
}

/* At a stop before a call: it is not made, and returns that. At a signal's: the call before returned that. */
static int set_answer(pid_t child, int64_t answer)
{
	struct user_regs_struct regs;
	if (ptrace(PTRACE_GETREGS, child, 0, &regs))
		return -1;
	regs.orig_rax = (unsigned long long)-1;
	regs.rax = (unsigned long long)answer;
	return (int)ptrace(PTRACE_SETREGS, child, 0, &regs);
}
