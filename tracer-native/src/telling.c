#include "telling.h"

#include <linux/seccomp.h>
#include <stddef.h>

#include "arguments.h"
#include "ours.h"

enum { LENGTH = 128 };

static struct sock_filter code[LENGTH];
static unsigned short length;

static void emit(uint16_t operation, uint8_t jt, uint8_t jf, uint32_t k)
{
    if (length < LENGTH) code[length++] = (struct sock_filter){operation, jt, jf, k};
}

static void emit_stop(abi_t abi, const struct watched *watched)
{
    emit(BPF_LD | BPF_W | BPF_ABS, 0, 0, offsetof(struct seccomp_data, arch));
    emit(BPF_JMP | BPF_JEQ | BPF_K, 0, 3, abi_audit(abi));
    emit(BPF_LD | BPF_W | BPF_ABS, 0, 0, offsetof(struct seccomp_data, nr));
    emit(BPF_JMP | BPF_JEQ | BPF_K, 0, 1, (uint32_t)watched->nr | (abi == ABI_X32 ? X32_BIT : 0));
    emit(BPF_RET | BPF_K, 0, 0, STOP_BY_OURS);
}

struct sock_fprog telling_filter(void)
{
    length = 0;
    for (abi_t abi = 0; abi < ABI_COUNT; abi++)
        for (size_t i = 0; i < watched_tables[abi].count; i++) {
            const struct watched *watched = &watched_tables[abi].rows[i];
            if (watched->role == ROLE_CLONE || watched->role == ROLE_CLONE3) emit_stop(abi, watched);
        }
    emit(BPF_RET | BPF_K, 0, 0, SECCOMP_RET_USER_NOTIF);
    return (struct sock_fprog){length, code};
}
