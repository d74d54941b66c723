/* A child that no tracer is to see, made in 32-bit code, in which the registers are laid out otherwise. x86_64 only. */
#include "workload.h"

#if defined __x86_64__
#include <sys/mman.h>

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

int main(void) {
    expect_of("i386", "getsid", 1, "{}");
    expected();
    goes_on_in_32_bit_code();
}
#else
int main(void) {
    return 77;
}
#endif
