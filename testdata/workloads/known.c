/* build: -nostdlib -fno-stack-protector */
/* Without a C library: the recording of this program holds exactly these calls and no other. */
#include <sys/syscall.h>

#if defined __x86_64__
#define ABI "x86_64"
static long call(long nr, long a, long b, long c) {
    long result;
    __asm__ volatile("syscall" : "=a"(result) : "a"(nr), "D"(a), "S"(b), "d"(c) : "rcx", "r11", "memory");
    return result;
}
#elif defined __loongarch64
#define ABI "loongarch64"
static long call(long nr, long a, long b, long c) {
    register long a7 __asm__("$a7") = nr, a0 __asm__("$a0") = a, a1 __asm__("$a1") = b, a2 __asm__("$a2") = c;
    __asm__ volatile("syscall 0" : "+r"(a0) : "r"(a7), "r"(a1), "r"(a2)
                     : "$t0", "$t1", "$t2", "$t3", "$t4", "$t5", "$t6", "$t7", "$t8", "memory");
    return a0;
}
#endif

static const char expectation[] =
    ABI " execve 1 {}\n"
    ABI " write 1 {}\n"
    ABI " getppid 3 {}\n"
    ABI " close 2 {9:2}\n"
    ABI " fcntl 2 {9:1,22:1}\n"
    ABI " 999 1 {38:1}\n"
    ABI " -1 1 {38:1}\n"
    ABI " exit_group 1 {}\n";

_Noreturn void _start(void);
_Noreturn void _start(void) {
    call(SYS_write, 1, (long)expectation, sizeof expectation - 1);
    for (int i = 0; i < 3; i++) call(SYS_getppid, 0, 0, 0);
    for (int i = 0; i < 2; i++) call(SYS_close, -1, 0, 0);
    call(SYS_fcntl, -1, 3, 0);
    call(SYS_fcntl, 1, 9999, 0);
    call(999, 0, 0, 0);
    call(-1, 0, 0, 0);
    call(SYS_exit_group, 7, 0, 0);
    __builtin_unreachable();
}
