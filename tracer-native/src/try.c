/*
 * `profgen-tracer try NR ARGUMENT...`: makes one system call, to see what it answers under a filter.
 *
 * The filter may refuse what a C library does before main(). So this runs in front of it, and makes that call, a write and
 * an exit_group alone; the exit status tells the result also to whom the write is refused. It is compiled without all that needs
 * libc to be set up: a stack protector, sanitizers, memcpy.
 */
#include <stdint.h>

enum { STATUS_ERRNO = 20, STATUS_HIGHEST_ERRNO = 100, STATUS_OTHER = 121, DIGITS = 24 };

static int same(const char *a, const char *b)
{
    while (*a && *a == *b) a++, b++;
    return *a == *b;
}

static int parse(const char *text, uint64_t *value)
{
    *value = 0;
    if (!*text) return -1;
    for (; *text; text++) {
        if (*text < '0' || *text > '9') return -1;
        *value = *value * 10 + (uint64_t)(*text - '0');
    }
    return 0;
}

static void finish(const char *text, uint64_t number, uint64_t status)
{
    char line[64], digits[DIGITS];
    uint64_t length = 0, count = 0;
    for (; *text; text++) line[length++] = *text;
    do
        digits[count++] = (char)('0' + number % 10);
    while (number /= 10);
    while (count) line[length++] = digits[--count];
    line[length++] = '\n';
    arch_call(SYS_write, (const uint64_t[6]){1, (uint64_t)line, length});
    arch_call(SYS_exit_group, (const uint64_t[6]){status});
}

static void try_call(uint64_t nr, const uint64_t arguments[6])
{
    uint64_t result = arch_call(nr, arguments), error = -result;
    if (error == 0 || error > 4095)
        finish("returned ", result, 0);
    else
        finish("errno ", error, error > STATUS_HIGHEST_ERRNO ? STATUS_OTHER : STATUS_ERRNO + error);
}

__asm__(".globl profgen_entry\n.type profgen_entry, @function\nprofgen_entry:\n" ARCH_ENTRY);

/* The stack as the kernel leaves it to a new program: argc, then argv. Returns unless the command is `try`. */
void try_entry(char **stack);
void try_entry(char **stack)
{
    uint64_t argc = (uint64_t)stack[0], nr, arguments[6];
    char **argv = stack + 1;
    if (argc < 3 || argc > 9 || !same(argv[1], "try")) return;
    int error = parse(argv[2], &nr);
    for (uint64_t i = 0; i < 6; i++) {
        arguments[i] = 0;
        if (i + 3 < argc && parse(argv[i + 3], &arguments[i]) < 0) error = -1;
    }
    if (!error) try_call(nr, arguments); /* else main() says what is expected */
}
