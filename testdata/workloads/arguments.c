/* Watched arguments: few, exactly the bound, one more than that; one that is wider than 32 bits; flags in memory. */
#include <linux/sched.h>
#include <sys/personality.h>
#include <sys/socket.h>

#include "workload.h"

int main(void) {
    expect("ioctl", 65 + 100, "{9:165}");
    expect("getsockopt", 64, "{9:64}");
    expect("personality", 2, "{}");
    expect("clone3", 2, "{14:1,22:1}");
    expected();
    for (int round = 0; round < 2; round++)
        for (unsigned i = 0; i < (round == 0 ? 65 : 100); i++) syscall(SYS_ioctl, -1, 0x1000 + i, 0);
    for (int i = 0; i < 64; i++) syscall(SYS_getsockopt, -1, SOL_SOCKET, i, NULL, NULL);
    syscall(SYS_personality, -1L);
    syscall(SYS_personality, 0xffffffffL);
    struct clone_args arguments = {.flags = UINT64_C(0x8000000000020000), .exit_signal = SIGCHLD};
    syscall(SYS_clone3, &arguments, sizeof arguments);
    syscall(SYS_clone3, 16, sizeof arguments);
    return 0;
}
