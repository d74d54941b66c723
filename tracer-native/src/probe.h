#ifndef PROFGEN_PROBE_H
#define PROFGEN_PROBE_H

#include <stdbool.h>
#include <stddef.h>

/* One answer: what was tried, whether it works here, if not why, and what helps. A success may have a remark. */
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

/* 0 or an error, and what to do about it; prints a finding whose reason, on failure, is the error's own text. */
void probe_outcome(const char *feature, int error, const char *remedy);

void probe_ptrace(void);
void probe_namespaces(void);
void probe_sandbox(void);
void probe_filters(void);
void probe_tracing(void);
void probe_surroundings(void);

/* The first line of a file without its newline; false if it cannot be read. */
bool probe_line(const char *path, char *line, size_t size);
/* The number that a file begins with, or otherwise if there is no such file. */
long probe_number(const char *path, long otherwise);
/* The value of a line "name:\tvalue" in a file of that form. */
bool probe_field(const char *path, const char *name, char *value, size_t size);

#endif
