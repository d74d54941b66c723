/*
 * terminal [EXPECTED TYPED]... -- COMMAND... : runs COMMAND on a terminal of its own; whenever EXPECTED has been
 * printed (after what came before), types TYPED ("^C" and "^Z" as the keys, the rest as a line). Prints what the
 * terminal showed; ends as COMMAND.
 */

#include <errno.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static char shown[1 << 16];
static size_t length, matched;

static int show_more(int fd)
{
    ssize_t got = read(fd, shown + length, sizeof shown - 1 - length);

    if (got <= 0) return 0;
    fwrite(shown + length, 1, (size_t)got, stdout);
    fflush(stdout);
    length += (size_t)got;
    shown[length] = 0;
    return 1;
}

static void type(int fd, const char *text)
{
    ssize_t written;

    if (!strcmp(text, "^C"))
        written = write(fd, "\003", 1);
    else if (!strcmp(text, "^Z"))
        written = write(fd, "\032", 1);
    else
        written = dprintf(fd, "%s\n", text);
    if (written < 0) perror("terminal");
}

int main(int argc, char **argv)
{
    int fd, status, next = 1, command = 1;
    pid_t child;

    while (command < argc && strcmp(argv[command], "--")) command++;
    if (command + 1 >= argc) return 2;
    child = forkpty(&fd, NULL, NULL, NULL);
    if (child < 0) return 2;
    if (child == 0) {
        execvp(argv[command + 1], argv + command + 1);
        _exit(127);
    }
    do {
        char *hit = next + 1 < command ? strstr(shown + matched, argv[next]) : NULL;

        if (hit) {
            matched = (size_t)(hit - shown) + strlen(argv[next]);
            type(fd, argv[next + 1]);
            next += 2;
        }
        if (hit) continue;
        if (!show_more(fd)) break;
    } while (1);
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) continue;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
