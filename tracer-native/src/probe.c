/* `profgen-tracer probe`: what works on this machine, found out by doing it. */

#include "probe.h"

#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "launch.h"

enum { SECONDS_FOR_A_TRY = 10 };

static void print_string(const char *text)
{
    putchar('"');
    for (const unsigned char *c = (const unsigned char *) text; *c; c++) {
        if (*c == '"' || *c == '\\')
            printf("\\%c", *c);
        else if (*c < 0x20 || *c >= 0x7f)
            printf("\\\\x%02x", *c); /* as in the journal: four characters */
        else
            putchar(*c);
    }
    putchar('"');
}

void probe_print(const struct finding *finding)
{
    printf("{\"feature\":");
    print_string(finding->feature);
    printf(",\"works\":%s,\"reason\":", finding->works ? "true" : "false");
    print_string(finding->reason);
    printf(",\"remedy\":");
    print_string(finding->remedy ? finding->remedy : "");
    printf("}\n");
    fflush(stdout);
}

void finding_reason(struct finding *finding, const char *format, ...)
{
    va_list values;

    va_start(values, format);
    vsnprintf(finding->reason, sizeof finding->reason, format, values);
    va_end(values);
}

void probe_outcome(const char *feature, int error, const char *remedy)
{
    struct finding finding = {.feature = feature, .works = error == 0, .remedy = error ? remedy : ""};

    if (error == -ECHILD)
        finding_reason(&finding, "a seccomp filter of profgen's own surroundings kills a process that tries it");
    else if (error)
        finding_reason(&finding, "%s", strerror(-error));
    probe_print(&finding);
}

int probe_in_child(int (*try)(void *arg), void *arg)
{
    int status;
    pid_t child = fork();

    if (child < 0)
        return -errno;
    if (child == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
        alarm(SECONDS_FOR_A_TRY);
        _exit(-try(arg));
    }
    while (waitpid(child, &status, __WALL) < 0)
        if (errno != EINTR)
            return -errno;
    if (WIFEXITED(status))
        return -WEXITSTATUS(status);
    return WTERMSIG(status) == SIGALRM ? -ETIMEDOUT : -ECHILD;
}

bool probe_line(const char *path, char *line, size_t size)
{
    FILE *file = fopen(path, "re");
    bool got = file && fgets(line, (int)size, file) != NULL;

    if (got)
        line[strcspn(line, "\n")] = 0;
    if (file)
        fclose(file);
    return got;
}

long probe_number(const char *path, long otherwise)
{
    char line[32];

    return probe_line(path, line, sizeof line) ? strtol(line, NULL, 10) : otherwise;
}

bool probe_field(const char *path, const char *name, char *value, size_t size)
{
    FILE *file = fopen(path, "re");
    char *line = NULL;
    size_t length = 0, name_length = strlen(name);
    bool found = false;

    while (file && !found && getline(&line, &length, file) > 0)
        if (strncmp(line, name, name_length) == 0 && line[name_length] == ':') {
            snprintf(value, size, "%s", line + name_length + 1 + strspn(line + name_length + 1, " \t"));
            value[strcspn(value, "\n")] = 0;
            found = true;
        }
    free(line);
    if (file)
        fclose(file);
    return found;
}

int probe_main(void)
{
    probe_ptrace();
    probe_namespaces();
    probe_sandbox();
    probe_filters();
    probe_tracing();
    probe_surroundings();
    return ferror(stdout) ? 125 : 0;
}
