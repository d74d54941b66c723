#include "filter.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "memory.h"

static int read_all(int fd, void *bytes, size_t size)
{
    size_t done = 0;
    while (done < size) {
        ssize_t got = read(fd, (char *)bytes + done, size - done);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return got < 0 ? -errno : -EIO;
        done += (size_t)got;
    }
    return 0;
}

int filter_read(const char *path, struct sock_fprog *program)
{
    struct stat file;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return -errno;
    int error = fstat(fd, &file) < 0 ? -errno : 0;
    size_t size = error ? 0 : (size_t)file.st_size, one = sizeof *program->filter;
    if (!error && (size == 0 || size % one || size / one > BPF_MAXINSNS)) error = -EINVAL;
    if (!error) {
        program->filter = memory_new(size);
        program->len = (unsigned short)(size / one);
        error = read_all(fd, program->filter, size);
    }
    close(fd);
    return error;
}

/* All values are 32 bits wide and unsigned. */
static uint32_t compute(uint16_t code, uint32_t a, uint32_t operand)
{
    switch (BPF_OP(code)) {
    case BPF_ADD: return a + operand;
    case BPF_SUB: return a - operand;
    case BPF_MUL: return a * operand;
    case BPF_DIV: return a / operand;
    case BPF_OR: return a | operand;
    case BPF_AND: return a & operand;
    case BPF_XOR: return a ^ operand;
    /* The kernel's own 32-bit shifts take the lower five bits. */
    case BPF_LSH: return a << (operand & 31);
    case BPF_RSH: return a >> (operand & 31);
    default: return -a; /* BPF_NEG */
    }
}

static bool holds(uint16_t code, uint32_t a, uint32_t operand)
{
    switch (BPF_OP(code)) {
    case BPF_JEQ: return a == operand;
    case BPF_JGT: return a > operand;
    case BPF_JGE: return a >= operand;
    default: return a & operand; /* BPF_JSET */
    }
}

static uint32_t load(const struct sock_filter *at, const struct seccomp_data *data, const uint32_t *memory)
{
    uint32_t word;
    switch (BPF_MODE(at->code)) {
    case BPF_ABS:
        memcpy(&word, (const char *)data + at->k, sizeof word);
        return word;
    case BPF_MEM: return memory[at->k];
    case BPF_LEN: return sizeof *data;
    default: return at->k; /* BPF_IMM */
    }
}

/* How many instructions to skip. */
static uint32_t jump(const struct sock_filter *at, uint32_t a, uint32_t operand)
{
    if (BPF_OP(at->code) == BPF_JA) return at->k;
    return holds(at->code, a, operand) ? at->jt : at->jf;
}

uint32_t filter_run(const struct sock_fprog *program, const struct seccomp_data *data)
{
    uint32_t a = 0, x = 0, memory[BPF_MEMWORDS] = {0};
    for (const struct sock_filter *at = program->filter;; at++) {
        uint32_t operand = BPF_SRC(at->code) == BPF_X ? x : at->k;
        switch (BPF_CLASS(at->code)) {
        case BPF_LD: a = load(at, data, memory); break;
        case BPF_LDX: x = load(at, data, memory); break;
        case BPF_ST: memory[at->k] = a; break;
        case BPF_STX: memory[at->k] = x; break;
        case BPF_ALU:
            if (BPF_OP(at->code) == BPF_DIV && operand == 0) return SECCOMP_RET_KILL_THREAD;
            a = compute(at->code, a, operand);
            break;
        case BPF_JMP: at += jump(at, a, operand); break;
        case BPF_RET: return BPF_RVAL(at->code) == BPF_A ? a : at->k;
        default: /* BPF_MISC */
            if (BPF_MISCOP(at->code) == BPF_TXA)
                a = x;
            else
                x = a;
        }
    }
}

bool filter_denies(uint32_t answer)
{
    uint32_t action = answer & SECCOMP_RET_ACTION_FULL;
    return action != SECCOMP_RET_ALLOW && action != SECCOMP_RET_LOG;
}
