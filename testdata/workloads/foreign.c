/* Calls of other ABIs out of a 64-bit program: int 0x80 (i386) and the x32 bit. x86_64 only. */
#include "workload.h"

#if defined __x86_64__
#include <sys/mman.h>
#include <sys/socket.h>

static long i386_call(long nr, long first, long second) {
    long result;
    __asm__ volatile("int $0x80" : "=a"(result) : "a"(nr), "b"(first), "c"(second) : "r8", "r9", "r10", "r11", "memory");
    return (int)result;
}

int main(void) {
    /* The i386 ABI has 32-bit pointers. */
    uint32_t *block = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1, 0);
    must(block != MAP_FAILED, "mmap");
    expect_of("i386", "getpid", 2, "{}");
    expect_of("i386", "socketcall", 4, "{9:1,14:1}");
    expect_of("x32", "getppid", 1, "*"); /* where the kernel has no x32: ENOSYS */
    expect_of(NATIVE, "getuid", 1, "{}"); /* 102, the number of i386's socketcall */
    expected();
    must(i386_call(20, 0, 0) == getpid(), "getpid");
    i386_call(20, 0, 0);
    memcpy(block, (uint32_t[]){AF_UNIX, SOCK_STREAM, 0}, 12);
    must(i386_call(102, 1, (long)block) >= 0, "socket");
    memcpy(block, (uint32_t[]){AF_INET, SOCK_DGRAM, 0}, 12);
    must(i386_call(102, 1, (long)block) >= 0, "socket");
    memcpy(block, (uint32_t[]){(uint32_t)-1, SOL_SOCKET, SO_REUSEADDR, 0, 0}, 20);
    must(i386_call(102, 14, (long)block) == -EBADF, "setsockopt");
    must(i386_call(102, 1, 16) == -EFAULT, "an address that nobody can read");
    syscall(0x40000000 + SYS_getppid);
    syscall(SYS_getuid);
    return 0;
}
#else
int main(void) {
    return 77;
}
#endif
