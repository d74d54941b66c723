/* server polite|stubborn [FILE]: listens on a port of the loopback, which it writes into FILE, and greets who comes; stubborn: ignores TERM. */
#include <arpa/inet.h>
#include <sys/socket.h>

#include "workload.h"

static volatile sig_atomic_t asked_to_end;

static void end(int number) {
    (void)number;
    asked_to_end = 1;
}

static int listening(const char *file) {
    struct sockaddr_in here = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof here;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    must(fd >= 0 && bind(fd, (void *)&here, sizeof here) == 0, "bind");
    must(listen(fd, 16) == 0 && getsockname(fd, (void *)&here, &size) == 0, "listen");
    char port[16];
    int length = snprintf(port, sizeof port, "%d\n", ntohs(here.sin_port));
    FILE *out = file ? fopen(file, "w") : stdout;
    must(out && fwrite(port, 1, (size_t)length, out) == (size_t)length && fflush(out) == 0, "port");
    return fd;
}

int main(int argc, char **argv) {
    int stubborn = argc > 1 && !strcmp(argv[1], "stubborn");
    sigset_t before, term;
    struct sigaction action = {.sa_handler = stubborn ? SIG_IGN : end};
    expect("listen", 1, "{}");
    expect("getpriority", 1, "{}");
    expected();
    sigemptyset(&term);
    sigaddset(&term, SIGTERM);
    /* TERM can come in pselect only: a signal before the wait would be waited for in vain. */
    sigprocmask(SIG_BLOCK, &term, &before);
    sigaction(SIGTERM, &action, NULL);
    int fd = listening(argc > 2 ? argv[2] : NULL);
    while (!asked_to_end) {
        fd_set ready;
        FD_ZERO(&ready);
        FD_SET(fd, &ready);
        if (pselect(fd + 1, &ready, NULL, NULL, NULL, &before) < 1) continue;
        int guest = accept4(fd, NULL, NULL, SOCK_CLOEXEC);
        must(guest >= 0 && write(guest, "hello\n", 6) == 6, "greeting");
        mark();
        close(guest);
    }
    syscall(SYS_getpriority, 0, 0);
    return 0;
}
