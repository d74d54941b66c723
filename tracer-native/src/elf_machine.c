#include <elf.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "sandbox.h"

/* As their users call them; the Linux kernel's own names are often others. */
static const struct {
    uint16_t machine;
    unsigned char class, data; /* 0: any */
    const char *name;
} machines[] = {
    {EM_X86_64, ELFCLASS64, 0, "x86_64"},
    {EM_X86_64, ELFCLASS32, 0, "x32"},
    {EM_386, 0, 0, "i386"},
    {EM_AARCH64, 0, 0, "aarch64"},
    {EM_ARM, 0, 0, "arm"},
    {258, ELFCLASS64, 0, "loongarch64"},
    {EM_RISCV, ELFCLASS64, 0, "riscv64"},
    {EM_PPC64, 0, ELFDATA2LSB, "ppc64le"},
    {EM_PPC64, 0, ELFDATA2MSB, "ppc64"},
    {EM_S390, ELFCLASS64, 0, "s390x"},
    {EM_MIPS, ELFCLASS64, ELFDATA2LSB, "mips64el"},
};

static uint16_t machine_of(const Elf64_Ehdr *header)
{
    const unsigned char *bytes = (const unsigned char *)&header->e_machine;

    return (uint16_t)(header->e_ident[EI_DATA] == ELFDATA2MSB ? bytes[0] << 8 | bytes[1] : bytes[1] << 8 | bytes[0]);
}

bool elf_machine(const char *path, char *name, size_t size)
{
    Elf64_Ehdr header = {0};
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t got = fd < 0 ? -1 : read(fd, &header, sizeof header);
    const size_t needed = offsetof(Elf64_Ehdr, e_machine) + sizeof header.e_machine;

    if (fd >= 0)
        close(fd);
    if (got < (ssize_t)needed || memcmp(header.e_ident, ELFMAG, SELFMAG) != 0)
        return false;
    snprintf(name, size, "ELF machine %u", machine_of(&header));
    for (size_t i = 0; i < sizeof machines / sizeof *machines; i++)
        if (machines[i].machine == machine_of(&header) &&
            (!machines[i].class || machines[i].class == header.e_ident[EI_CLASS]) &&
            (!machines[i].data || machines[i].data == header.e_ident[EI_DATA]))
            snprintf(name, size, "%s", machines[i].name);
    return true;
}
