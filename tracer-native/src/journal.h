/*
 * The journal: JSON Lines that only ever grow. Each line is one write(2), or shares one with others that are whole, so whoever
 * reads along or comes after a kill finds whole lines.
 */
#ifndef PROFGEN_JOURNAL_H
#define PROFGEN_JOURNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct journal {
    int fd;
    int error;         /* errno of the first write that failed, 0 */
    uint64_t lost;     /* lines that could not be written */
    int64_t start;     /* CLOCK_MONOTONIC, ns */
    bool gathers;
    uint64_t waiting;  /* lines that are gathered */
    char *lines;
    size_t length, capacity;
};

/* Creates the file, which must not exist; shared: every user may read and write it. 0 or negative errno. */
int journal_open(struct journal *journal, const char *path, bool shared);

/* Nanoseconds since journal_open(). */
uint64_t journal_now(const struct journal *journal);

/* A line: begin, its fields in the order of the calls, end. A name is not escaped, a text is. */
void journal_begin(struct journal *journal, const char *type);
void journal_number(struct journal *journal, const char *name, uint64_t value);
void journal_signed(struct journal *journal, const char *name, int64_t value);
void journal_hex(struct journal *journal, const char *name, uint64_t value);
void journal_bool(struct journal *journal, const char *name, bool value);
void journal_text(struct journal *journal, const char *name, const char *text);
void journal_numbers(struct journal *journal, const char *name, const uint64_t *values, size_t count);
void journal_texts(struct journal *journal, const char *name, char *const *texts);
void journal_open_object(struct journal *journal, const char *name);
void journal_close_object(struct journal *journal);
void journal_end(struct journal *journal);

/* Between these two lines may wait for others: where many come at once, and a kill in their midst would leave them void. */
void journal_gather(struct journal *journal);
void journal_write_gathered(struct journal *journal);

/* One entry of the completeness ledger. */
void journal_note(struct journal *journal, const char *kind, const char *detail);

#endif
