/*
 * kernel-oracle: what the kernel does with calls under a seccomp filter, without making any of them.
 *
 * The calls are tried in a child that has the given filter and, on top, one that answers SECCOMP_RET_TRACE for everything. The kernel
 * takes the strictest answer of a stack and TRACE is stricter than ALLOW: an allowed call stops at its tracer, which skips it; a denied
 * one never gets there. If the tracer dies, so does the child, and a TRACE without a tracer is ENOSYS.
 *
 * stdin, until its end: u32 instructions, u32 calls, the instructions (struct sock_filter), the calls (struct call).
 * With an argument: nothing but whether the kernel takes calls of i386, as the status: 0 if it does.
 * stdout: for each call a u32: 0x7fff0000 allowed, 0x00050000 | errno, 0x00030000 trapped, 0 killed.
 */
#define _GNU_SOURCE
#include <asm/unistd.h>
#include <elf.h>
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/uio.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MAX_CALLS = 1 << 16, ABI_NATIVE = 0, ABI_I386 = 1, SI_CODE_SECCOMP = 1 /* SYS_SECCOMP, which glibc's headers lack */ };

struct call {
	uint32_t abi; /* ABI_NATIVE, on x86_64 with x32 by bit 30 of the number; ABI_I386 */
	uint32_t number;
	uint64_t args[6];
};

struct shared {
	uint32_t next; /* the call that is being tried */
	uint32_t count;
	struct call calls[MAX_CALLS];
	int64_t results[MAX_CALLS];
};

/* What the tracer makes a call return: far from any errno. */
static const int64_t ALLOWED = 0x7fff0000;
static const int64_t TRAPPED = 0x00030000;

static void die(const char *what)
{
	fprintf(stderr, "kernel-oracle: %s: %s\n", what, strerror(errno));
	exit(1);
}

/* call_native, call_foreign, undefined_instruction, set_answer */
#if defined __x86_64__
#include "kernel-oracle-x86_64.h"
#elif defined __loongarch64
#include "kernel-oracle-loongarch64.h"
#endif

static void install(struct sock_filter *program, unsigned count)
{
	struct sock_fprog fprog = {.len = (unsigned short)count, .filter = program};
	if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &fprog))
		_exit(2);
}

/* From the second filter on this process can call nothing: it tries the calls and ends by a trap. */
static void __attribute__((noreturn)) try_calls(struct sock_filter *program, unsigned count, struct shared *shared)
{
	/*
	 * The filter itself might deny prctl. TRACE goes in first, but answers ALLOW for the one call that installs the other:
	 * a prctl whose fifth argument is the sign.
	 */
	static const uint32_t SIGN = 0x5eccc0de;
	struct sock_filter trace[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[4])),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SIGN, 0, 3),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_prctl, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRACE),
	};
	struct sock_fprog fprog = {.len = (unsigned short)count, .filter = program};
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) || raise(SIGSTOP))
		_exit(2);
	install(trace, sizeof trace / sizeof *trace);
	struct call last = {.number = __NR_prctl,
			    .args = {PR_SET_SECCOMP, SECCOMP_MODE_FILTER, (uint64_t)(uintptr_t)&fprog, 0, SIGN}};
	if (call_native(&last))
		undefined_instruction();
	for (; shared->next < shared->count; shared->next++) {
		const struct call *call = &shared->calls[shared->next];
		shared->results[shared->next] = call->abi == ABI_NATIVE ? call_native(call) : call_foreign(call);
	}
	for (;;)
		undefined_instruction();
}

/* Makes the call that is about to start one that does not exist, and gives its answer. */
static void skip(pid_t child, int64_t answer)
{
	if (set_answer(child, answer))
		die("the registers of the child");
}

/* Runs the child up to its next stop that matters; true while it goes on. */
static bool step(pid_t child, const struct shared *shared, bool *killed)
{
	int status, deliver = 0;
	if (waitpid(child, &status, __WALL) != child)
		die("waitpid");
	if (WIFSIGNALED(status) || WIFEXITED(status)) {
		if (!WIFSIGNALED(status) || WTERMSIG(status) != SIGSYS) {
			errno = ECHILD;
			die("the child ended by itself");
		}
		*killed = true;
		return false;
	}
	int signal = WSTOPSIG(status);
	if (status >> 8 == (SIGTRAP | PTRACE_EVENT_SECCOMP << 8)) {
		skip(child, ALLOWED);
	} else if (signal == SIGSYS) {
		siginfo_t info;
		if (ptrace(PTRACE_GETSIGINFO, child, 0, &info))
			die("PTRACE_GETSIGINFO");
		if (info.si_code == SI_CODE_SECCOMP && shared->next < shared->count)
			skip(child, TRAPPED);
		else
			deliver = signal;
	} else if (signal == SIGILL && shared->next >= shared->count) {
		return false;
	} else if (signal == SIGILL) {
		errno = EINVAL;
		die("the filter was refused, or a call was made");
	} else if (status >> 16 == 0 && signal != SIGTRAP) {
		deliver = signal;
	}
	if (ptrace(PTRACE_CONT, child, 0, deliver))
		die("PTRACE_CONT");
	return true;
}

/* Goes on with shared->next; a killing answer to it ends the child: true, and the caller comes back for the rest. */
static bool run(struct sock_filter *program, unsigned count, struct shared *shared)
{
	pid_t child = fork();
	if (child < 0)
		die("fork");
	if (child == 0)
		try_calls(program, count, shared);
	int status;
	if (waitpid(child, &status, WUNTRACED) != child || !WIFSTOPPED(status))
		die("the child did not stop");
	if (ptrace(PTRACE_SEIZE, child, 0, PTRACE_O_TRACESECCOMP | PTRACE_O_EXITKILL))
		die("PTRACE_SEIZE");
	kill(child, SIGCONT);
	bool killed = false;
	while (step(child, shared, &killed))
		;
	if (!killed) {
		kill(child, SIGKILL);
		waitpid(child, &status, __WALL);
	}
	return killed;
}

static uint32_t answer(int64_t result)
{
	if (result == ALLOWED || result == TRAPPED || result > 0)
		return (uint32_t)result;
	return 0x00050000u | (uint32_t)(-result);
}

static bool read_all(void *into, size_t size)
{
	return size == 0 || fread(into, size, 1, stdin) == 1;
}

/* Without IA32 emulation int $0x80 is a fault. */
static bool has_ia32(void)
{
	int status;
	pid_t child = fork();
	if (child < 0)
		die("fork");
	if (child == 0) {
		const struct call getpid_i386 = {.abi = ABI_I386, .number = 20};
		_exit(call_foreign(&getpid_i386) > 0 ? 0 : 1);
	}
	return waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

int main(int argc, char **argv)
{
	(void)argv;
	if (argc > 1)
		return has_ia32() ? 0 : 1;
	static struct sock_filter program[BPF_MAXINSNS];
	struct shared *shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (shared == MAP_FAILED)
		die("mmap");
	uint32_t header[2];
	while (read_all(header, sizeof header)) {
		if (header[0] > BPF_MAXINSNS || header[1] > MAX_CALLS || !read_all(program, header[0] * sizeof *program) ||
		    !read_all(shared->calls, header[1] * sizeof *shared->calls)) {
			errno = EINVAL;
			die("stdin");
		}
		shared->count = header[1];
		shared->next = 0;
		static bool dead[MAX_CALLS];
		memset(dead, 0, sizeof dead);
		while (shared->next < shared->count) {
			if (run(program, header[0], shared))
				dead[shared->next++] = true;
		}
		for (uint32_t i = 0; i < shared->count; i++) {
			uint32_t out = dead[i] ? 0 : answer(shared->results[i]);
			fwrite(&out, sizeof out, 1, stdout);
		}
		fflush(stdout);
	}
	return 0;
}
