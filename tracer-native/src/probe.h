#ifndef PROFGEN_PROBE_H
#define PROFGEN_PROBE_H

#include <stdbool.h>
#include <stddef.h>

/* One answer: what was tried, whether it works here, if not why and what helps. Reason may also remark on a success. */
struct finding {
    const char *feature;
    bool works;
    char reason[320];
    const char *remedy; /* "" if there is none */
};

/* Prints one line of JSON. */
void probe_print(const struct finding *finding);
void finding_reason(struct finding *finding, const char *format, ...) __attribute__((format(printf, 2, 3)));

/*
 * Runs try(arg) in a child: what it changes (namespaces, filters) ends with it. Its result, 0 or a negative errno;
 * -ETIMEDOUT if it had to be ended, -ECHILD if a signal ended it (a filter that kills).
 */
int probe_in_child(int (*try)(void *arg), void *arg);

void probe_sandbox(void);

/* First line of a file without its newline; false if it cannot be read. */
bool probe_line(const char *path, char *line, size_t size);
/* The value of a line "name:\tvalue" in a file of that form. */
bool probe_field(const char *path, const char *name, char *value, size_t size);

#endif
