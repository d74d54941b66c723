/* What of kernel-oracle.c differs on loongarch64. */
#pragma once

static int64_t call_native(const struct call *call)
{
	register uint64_t a7 __asm__("$a7") = call->number;
	register uint64_t a0 __asm__("$a0") = call->args[0];
	register uint64_t a1 __asm__("$a1") = call->args[1];
	register uint64_t a2 __asm__("$a2") = call->args[2];
	register uint64_t a3 __asm__("$a3") = call->args[3];
	register uint64_t a4 __asm__("$a4") = call->args[4];
	register uint64_t a5 __asm__("$a5") = call->args[5];
	__asm__ volatile("syscall 0"
			 : "+r"(a0), "+r"(a7)
			 : "r"(a1), "r"(a2), "r"(a3), "r"(a4), "r"(a5)
			 : "$t0", "$t1", "$t2", "$t3", "$t4", "$t5", "$t6", "$t7", "$t8", "memory");
	return (int64_t)a0;
}

/* It has one ABI only. */
static int64_t call_foreign(const struct call *call)
{
	(void)call;
	return -ENOSYS;
}

/* Ends by SIGILL; __builtin_trap would by SIGTRAP. */
static void undefined_instruction(void)
{
	__asm__ volatile(".word 0");
}

/* At a stop before a call: it is not made, and returns that. At a signal's: the call before returned that. */
static int set_answer(pid_t child, int64_t answer)
{
	enum { A0 = 4, A7 = 11 };
	uint64_t regs[45];
	struct iovec all = {.iov_base = regs, .iov_len = sizeof regs};
	if (ptrace(PTRACE_GETREGSET, child, NT_PRSTATUS, &all))
		return -1;
	regs[A7] = (uint64_t)-1;
	regs[A0] = (uint64_t)answer;
	return (int)ptrace(PTRACE_SETREGSET, child, NT_PRSTATUS, &all);
}
