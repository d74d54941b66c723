/* A filter, and a child that no tracer is to see, in 32-bit ways, for which the registers are laid out otherwise. x86_64 only. */
#include "workload.h"

#if defined __x86_64__
#include <sys/mman.h>
#include <sys/prctl.h>

/* A child with CLONE_UNTRACED, made in 32-bit code, that calls getsid; the parent's status is the child's. */
extern const unsigned char in_32_bits[], in_32_bits_end[];
__asm__(".pushsection .rodata\n .code32\n"
        "in_32_bits: mov $120, %eax\n mov $0x800011, %ebx\n xor %ecx, %ecx\n xor %edx, %edx\n xor %esi, %esi\n xor %edi, %edi\n"
        " int $0x80\n test %eax, %eax\n jnz 1f\n"
        " mov $147, %eax\n xor %ebx, %ebx\n int $0x80\n xor %ebx, %ebx\n jmp 2f\n"
        "1: push $99\n mov %eax, %ebx\n mov %esp, %ecx\n mov $7, %eax\n int $0x80\n pop %ebx\n"
        "2: mov $1, %eax\n int $0x80\n"
        "in_32_bits_end:\n .code64\n .popsection\n");

static void goes_on_in_32_bit_code(void) {
    unsigned char *memory = mmap(NULL, 8192, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1, 0);
    must(memory != MAP_FAILED, "mmap");
    memcpy(memory, in_32_bits, (size_t)(in_32_bits_end - in_32_bits));
    struct {
        uint32_t offset;
        uint16_t segment;
    } __attribute__((packed)) target = {(uint32_t)(uintptr_t)memory, 0x23};
    __asm__ volatile("mov %0, %%rsp\n ljmp *(%1)" : : "r"(memory + 8192), "a"(&target) : "memory");
}

/* By calls of the 32-bit ABI, whose first argument is in another register. It lets everything through. */
static void installs_a_filter(void) {
    uint32_t *block = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1, 0);
    long result;
    must(block != MAP_FAILED, "mmap");
    memcpy(block, (uint32_t[]){1, (uint32_t)(uintptr_t)(block + 4), 0, 0, 0x06, 0x7fff0000}, 24);
    must(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0, "no_new_privs");
    __asm__ volatile("int $0x80" : "=a"(result) : "a"(172), "b"(PR_SET_SECCOMP), "c"(2), "d"(block) : "r8", "r9", "r10", "r11", "memory");
    must(result == 0, "prctl");
}

int main(void) {
    expect_of("i386", "getsid", 1, "{}");
    expect_of("i386", "prctl", 1, "{}");
    expected();
    installs_a_filter();
    goes_on_in_32_bit_code();
}
#else
int main(void) {
    return 77;
}
#endif
