/*
 * Seccomp filters for the tests of --filter.
 *     program deny FILE NR:ANSWER[:ARGUMENT0]...   writes one: these calls get the answer (hexadecimal), others are allowed
 *     program only FILE NR:ANSWER...               writes one: these calls get the answer, others EPERM
 *     program compare SEED N                       N random programs: the tracer's interpreter and the kernel answer the same
 */
#include <errno.h>
#include <linux/audit.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../src/filter.c"
#include "../src/memory.c"

#ifdef __x86_64__
#define ARCH AUDIT_ARCH_X86_64
#else
#define ARCH AUDIT_ARCH_LOONGARCH64
#endif

enum { CALL = 1000, LENGTH = 60, CALLS = 40 }; /* CALL: a number that no kernel has */

static struct sock_filter code[256];
static size_t length;

static void emit(struct sock_filter instruction)
{
    code[length++] = instruction;
}

static void deny(const char *text)
{
    char *end;
    unsigned long nr = strtoul(text, &end, 10), answer = strtoul(end + 1, &end, 16);
    emit((struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)));
    emit((struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (unsigned)nr, 0, *end ? 3 : 1));
    if (*end) {
        emit((struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args)));
        emit((struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (unsigned)strtoul(end + 1, NULL, 10), 0, 1));
    }
    emit((struct sock_filter)BPF_STMT(BPF_RET | BPF_K, (unsigned)answer));
}

static int write_program(const char *path, unsigned otherwise)
{
    FILE *file = fopen(path, "wb");
    emit((struct sock_filter)BPF_STMT(BPF_RET | BPF_K, otherwise));
    return !file || fwrite(code, sizeof *code, length, file) != length || fclose(file) ? 1 : 0;
}

static unsigned any(unsigned limit)
{
    return (unsigned)random() % limit;
}

static unsigned word(void)
{
    static const unsigned boundaries[] = {0, 1, 31, 32, 0x7fffffff, 0x80000000, 0xffffffff};
    return any(3) ? (unsigned)random() ^ (unsigned)random() << 16 : boundaries[any(7)];
}

static struct sock_filter any_load(unsigned class)
{
    unsigned offsets[] = {0, 4, 16 + 4 * any(12)};
    switch (any(4)) {
    case 0: return (struct sock_filter)BPF_STMT(class | BPF_IMM, word());
    case 1: return (struct sock_filter)BPF_STMT(class | BPF_MEM, any(BPF_MEMWORDS));
    case 2: return (struct sock_filter)BPF_STMT(class | BPF_W | BPF_LEN, 0);
    default: return class == BPF_LD ? (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsets[any(3)])
                                    : (struct sock_filter)BPF_STMT(BPF_LDX | BPF_IMM, word());
    }
}

static struct sock_filter any_computation(void)
{
    static const unsigned operations[] = {BPF_ADD, BPF_SUB, BPF_MUL, BPF_DIV, BPF_OR, BPF_AND, BPF_XOR, BPF_LSH, BPF_RSH, BPF_NEG};
    unsigned operation = operations[any(10)], source = any(2) ? BPF_X : BPF_K, k = word();
    if (operation == BPF_LSH || operation == BPF_RSH) k &= 31;
    if (operation == BPF_NEG) source = BPF_K;
    return (struct sock_filter)BPF_STMT(BPF_ALU | operation | source, k ? k : 1);
}

static struct sock_filter any_jump(size_t left)
{
    static const unsigned conditions[] = {BPF_JA, BPF_JEQ, BPF_JGT, BPF_JGE, BPF_JSET};
    unsigned condition = conditions[any(5)], to = any(left < 8 ? (unsigned)left : 8), or = any(left < 8 ? (unsigned)left : 8);
    if (condition == BPF_JA) return (struct sock_filter)BPF_STMT(BPF_JMP | BPF_JA, to);
    return (struct sock_filter)BPF_JUMP(BPF_JMP | condition | (any(2) ? BPF_X : BPF_K), word(), (unsigned char)to, (unsigned char)or);
}

/* CALL gets an errno that depends on all that was computed, every other call is allowed. Memory is set first: the kernel wants that. */
static void make_program(void)
{
    length = 0;
    emit((struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)));
    emit((struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, CALL, 1, 0));
    emit((struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW));
    for (unsigned i = 0; i < BPF_MEMWORDS; i++) emit((struct sock_filter)BPF_STMT(BPF_ST, i));
    for (size_t end = length + LENGTH; length < end;) {
        switch (any(6)) {
        case 0: emit(any_load(BPF_LD)); break;
        case 1: emit(any_load(BPF_LDX)); break;
        case 2: emit((struct sock_filter)BPF_STMT(any(2) ? BPF_ST : BPF_STX, any(BPF_MEMWORDS))); break;
        case 3: emit(any_computation()); break;
        case 4: emit(any_jump(end - length)); break;
        default: emit((struct sock_filter)BPF_STMT(BPF_MISC | (any(2) ? BPF_TAX : BPF_TXA), 0));
        }
    }
    emit((struct sock_filter)BPF_STMT(BPF_ALU | BPF_AND | BPF_K, 0xfff));
    emit((struct sock_filter)BPF_STMT(BPF_ALU | BPF_OR | BPF_K, SECCOMP_RET_ERRNO));
    emit((struct sock_filter)BPF_STMT(BPF_RET | BPF_A, 0));
}

static void compare_calls(const struct sock_fprog *program)
{
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, program)) _exit(98);
    for (int i = 0; i < CALLS; i++) {
        struct seccomp_data data = {.nr = CALL, .arch = ARCH};
        for (int j = 0; j < 6; j++) data.args[j] = (__u64)word() << 32 | word();
        __u64 *a = data.args;
        long result = syscall(CALL, a[0], a[1], a[2], a[3], a[4], a[5]);
        unsigned answer = filter_run(program, &data);
        /* A division by zero kills in both, but the kernel would have killed this process. */
        if (answer != (SECCOMP_RET_ERRNO | (result < 0 ? (unsigned)errno : 0))) _exit(99);
    }
    _exit(0);
}

/* A division by zero ends the process by SIGSYS: then the interpreter says so too, for some call. */
static bool agrees(int status)
{
    return (WIFEXITED(status) && WEXITSTATUS(status) == 0) || (WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS);
}

static int compare(unsigned seed, int programs)
{
    srandom(seed);
    int killed = 0;
    for (int i = 0; i < programs; i++) {
        int status;
        make_program();
        struct sock_fprog program = {.len = (unsigned short)length, .filter = code};
        pid_t child = fork();
        if (child == 0) compare_calls(&program);
        if (waitpid(child, &status, 0) != child || !agrees(status)) {
            printf("seed %u, program %d: status 0x%x\n", seed, i, (unsigned)status);
            return 1;
        }
        killed += WIFSIGNALED(status);
    }
    printf("%d programs, %d of them killed by a division by zero\n", programs, killed);
    return killed * 2 > programs;
}

int main(int argc, char **argv)
{
    if (argc > 3 && !strcmp(argv[1], "deny")) {
        for (int i = 3; i < argc; i++) deny(argv[i]);
        return write_program(argv[2], SECCOMP_RET_ALLOW);
    }
    if (argc > 3 && !strcmp(argv[1], "only")) {
        for (int i = 3; i < argc; i++) deny(argv[i]);
        return write_program(argv[2], SECCOMP_RET_ERRNO | EPERM);
    }
    if (argc == 4 && !strcmp(argv[1], "compare")) return compare((unsigned)atoi(argv[2]), atoi(argv[3]));
    return 2;
}
