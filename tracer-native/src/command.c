/* The search and execution of COMMAND as a shell does it, so that its failures come out as a shell's do; or as a container engine. */

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sandbox.h"

/* What shells and container engines take when PATH is unset. */
#define DEFAULT_PATH "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

static bool is_directory(const char *path)
{
    struct stat status;

    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

/* As bash tells a script without #! from a binary of another machine: a NUL byte in the first line. */
static bool is_text(const char *path)
{
    char start[128];
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t got = fd < 0 ? -1 : read(fd, start, sizeof start);
    const char *newline;
    size_t line;

    if (fd >= 0)
        close(fd);
    if (got < 0)
        return false;
    newline = memchr(start, '\n', (size_t)got);
    line = newline ? (size_t)(newline - start) : (size_t)got;
    return memchr(start, 0, line) == NULL;
}

static int execute_as_script(const char *path, char *const *argv)
{
    size_t count = 0;
    const char **script;

    while (argv[count])
        count++;
    script = calloc(count + 2, sizeof *script);
    if (!script)
        return -ENOMEM;
    script[0] = "/bin/sh";
    script[1] = path;
    memcpy(script + 2, argv + 1, count * sizeof *script); /* with the NULL at the end */
    execve("/bin/sh", (char *const *)script, environ);
    free(script);
    return -ENOEXEC;
}

static int execute_file(const char *path, char *const *argv, bool as_shell)
{
    int error;

    execve(path, argv, environ);
    error = errno;
    if (as_shell && error == ENOEXEC && is_text(path))
        return execute_as_script(path, argv);
    return error == EACCES && is_directory(path) ? -EISDIR : -error;
}

/* A file that is not there lets the search go on; all else about a file that is there is the answer. */
static bool search_goes_on(int error, const char *path)
{
    if (error == -ENOENT || error == -ENOTDIR || error == -ENAMETOOLONG || error == -ESTALE || error == -ENODEV)
        return access(path, F_OK) != 0;
    if (error == -EISDIR)
        return true;
    return error == -EACCES && access(path, F_OK) != 0; /* a folder of PATH that may not be searched */
}

/* On failure *found is the file that is to blame, if there is one. */
static int search(const char *path, char *const *argv, bool as_shell, char **found)
{
    int answer = -ENOENT;

    *found = NULL;
    for (const char *folder = path, *end;; folder = end + 1) {
        char *file;
        int error;

        end = strchrnul(folder, ':');
        if (asprintf(&file, "%.*s%s%s", (int)(end - folder), folder, end == folder ? "./" : "/", argv[0]) < 0)
            return -ENOMEM;
        error = execute_file(file, argv, as_shell);
        if (search_goes_on(error, file) || *found) {
            free(file);
        } else {
            *found = file;
            answer = error;
        }
        /* Not executable: an executable one may follow in another folder. */
        if (*end == 0 || (answer != -ENOENT && answer != -EACCES) || (*found && answer == -ENOENT))
            return answer;
    }
}

static int explain(int error, const char *name, const char *file, struct failure *failure)
{
    char machine[32];

    if (error == -ENOENT && file && access(file, F_OK) == 0)
        return failure_of(failure, "exec", ENOENT, "%s: its interpreter (#! line or dynamic loader)", file);
    if (error == -ENOEXEC && elf_machine(file ? file : name, machine, sizeof machine) && strcmp(machine, ARCH_NAME) != 0) {
        failure_of(failure, "exec", ENOEXEC, "%s", file ? file : name);
        snprintf(failure->message, sizeof failure->message, "%s: is a program for %s; this machine is %s", file ? file : name,
                 machine, ARCH_NAME);
        return error;
    }
    failure_of(failure, "exec", -error, "%s", file ? file : name);
    if (error == -ENOENT && !file)
        snprintf(failure->message, sizeof failure->message, "%s: command not found", name);
    return error;
}

int command_execute(char *const *argv, bool as_shell, struct failure *failure)
{
    const char *path = getenv("PATH");
    char *found = NULL;
    int error;

    if (*argv[0] == 0)
        return failure_of(failure, "exec", ENOENT, "command \"\"");
    if (strchr(argv[0], '/')) {
        error = execute_file(argv[0], argv, as_shell);
        return explain(error, argv[0], argv[0], failure);
    }
    error = search(path ? path : DEFAULT_PATH, argv, as_shell, &found);
    error = explain(error, argv[0], found, failure);
    free(found);
    return error;
}
