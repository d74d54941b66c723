/* Installs a seccomp filter of its own that leaves calls to a tracer: where there is none they fail, for its children too. */
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/prctl.h>

#include "workload.h"

static void ask(void) {
    must(syscall(SYS_getsid, 0) == -1 && errno == ENOSYS, "getsid");
    must(syscall(SYS_getpgid, 0) == -1 && errno == ENOSYS, "getpgid");
    must(syscall(SYS_getppid) > 0, "getppid");
}

int main(void) {
    struct sock_filter code[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_getsid, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRACE),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_getpgid, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRACE | 7),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = {sizeof code / sizeof *code, code};
    expect("getsid", 56, "{38:40}");
    expect("getpgid", 40, "{38:40}");
    expected();
    for (int i = 0; i < 16; i++) mark();
    must(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0, "no_new_privs");
    must(syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) == 0, "seccomp");
    for (int i = 0; i < 20; i++) ask();
    pid_t child = fork();
    if (child == 0) {
        for (int i = 0; i < 20; i++) ask();
        _exit(0);
    }
    return status_of(child);
}
