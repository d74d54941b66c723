#include "journal.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "memory.h"

enum { GATHERED = 1 << 16 };

static int64_t monotonic(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * INT64_C(1000000000) + now.tv_nsec;
}

int journal_open(struct journal *journal, const char *path, bool shared)
{
    *journal = (struct journal){.start = monotonic()};
    journal->fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0600);
    if (journal->fd < 0) return -errno;
    return shared && fchmod(journal->fd, 0666) < 0 ? -errno : 0;
}

uint64_t journal_now(const struct journal *journal)
{
    return (uint64_t)(monotonic() - journal->start);
}

static void append(struct journal *journal, const char *bytes, size_t count)
{
    if (journal->length + count > journal->capacity) {
        journal->capacity = (journal->length + count) * 2 + 1024;
        journal->lines = memory_resize(journal->lines, journal->capacity);
    }
    memcpy(journal->lines + journal->length, bytes, count);
    journal->length += count;
}

static void append_text(struct journal *journal, const char *text)
{
    append(journal, text, strlen(text));
}

static void name_field(struct journal *journal, const char *name)
{
    char last = journal->lines[journal->length - 1];
    if (last != '{') append(journal, ",", 1);
    append(journal, "\"", 1);
    append_text(journal, name);
    append(journal, "\":", 2);
}

/* Bytes of the UTF-8 sequence at text, 0 if it is none (too short, overlong, a surrogate, above U+10FFFF). */
static size_t utf8_length(const unsigned char *text)
{
    if (text[0] < 0x80) return 1;
    size_t length = text[0] >= 0xf0 ? 4 : text[0] >= 0xe0 ? 3 : 2;
    if (text[0] < 0xc2 || text[0] > 0xf4) return 0;
    for (size_t i = 1; i < length; i++)
        if ((text[i] & 0xc0) != 0x80) return 0;
    if (text[0] == 0xe0 && text[1] < 0xa0) return 0;
    if (text[0] == 0xed && text[1] > 0x9f) return 0;
    if (text[0] == 0xf0 && text[1] < 0x90) return 0;
    if (text[0] == 0xf4 && text[1] > 0x8f) return 0;
    return length;
}

static void append_quoted(struct journal *journal, const char *text)
{
    append(journal, "\"", 1);
    for (const unsigned char *at = (const unsigned char *)text; *at;) {
        size_t length = utf8_length(at);
        char escape[8];
        if (length == 0) {
            append(journal, escape, (size_t)snprintf(escape, sizeof escape, "\\\\x%02x", *at));
            length = 1;
        } else if (*at == '"' || *at == '\\') {
            append(journal, (char[]){'\\', (char)*at}, 2);
        } else if (*at < 0x20 || *at == 0x7f) {
            append(journal, escape, (size_t)snprintf(escape, sizeof escape, "\\u%04x", *at));
        } else {
            append(journal, (const char *)at, length);
        }
        at += length;
    }
    append(journal, "\"", 1);
}

static void append_number(struct journal *journal, uint64_t value)
{
    char digits[24];
    append(journal, digits, (size_t)snprintf(digits, sizeof digits, "%" PRIu64, value));
}

void journal_begin(struct journal *journal, const char *type)
{
    append(journal, "{", 1);
    journal_text(journal, "t", type);
}

void journal_number(struct journal *journal, const char *name, uint64_t value)
{
    name_field(journal, name);
    append_number(journal, value);
}

void journal_signed(struct journal *journal, const char *name, int64_t value)
{
    char digits[24];
    name_field(journal, name);
    append(journal, digits, (size_t)snprintf(digits, sizeof digits, "%" PRId64, value));
}

void journal_hex(struct journal *journal, const char *name, uint64_t value)
{
    char digits[24];
    name_field(journal, name);
    append(journal, digits, (size_t)snprintf(digits, sizeof digits, "\"%" PRIx64 "\"", value));
}

void journal_bool(struct journal *journal, const char *name, bool value)
{
    name_field(journal, name);
    append_text(journal, value ? "true" : "false");
}

void journal_text(struct journal *journal, const char *name, const char *text)
{
    name_field(journal, name);
    append_quoted(journal, text);
}

void journal_numbers(struct journal *journal, const char *name, const uint64_t *values, size_t count)
{
    name_field(journal, name);
    append(journal, "[", 1);
    for (size_t i = 0; i < count; i++) {
        if (i) append(journal, ",", 1);
        append_number(journal, values[i]);
    }
    append(journal, "]", 1);
}

void journal_texts(struct journal *journal, const char *name, char *const *texts)
{
    name_field(journal, name);
    append(journal, "[", 1);
    for (size_t i = 0; texts[i]; i++) {
        if (i) append(journal, ",", 1);
        append_quoted(journal, texts[i]);
    }
    append(journal, "]", 1);
}

void journal_open_object(struct journal *journal, const char *name)
{
    name_field(journal, name);
    append(journal, "{", 1);
}

void journal_close_object(struct journal *journal)
{
    append(journal, "}", 1);
}

/* Writes all of it or takes back what was written: the next line must not hang on a torn one. */
static int write_all(const struct journal *journal, const char *lines, size_t length)
{
    size_t done = 0;
    while (done < length) {
        ssize_t count = write(journal->fd, lines + done, length - done);
        if (count >= 0) {
            done += (size_t)count;
        } else if (errno != EINTR) {
            int error = errno;
            off_t end = lseek(journal->fd, 0, SEEK_END);
            if (done > 0 && end >= (off_t)done && ftruncate(journal->fd, end - (off_t)done) < 0) return -errno;
            return -error;
        }
    }
    return 0;
}

/* One by one: where not all find room, some may. */
static void write_each(struct journal *journal)
{
    const char *line = journal->lines, *end = line + journal->length;
    for (const char *next; line < end; line = next) {
        next = (const char *)memchr(line, '\n', (size_t)(end - line)) + 1;
        int error = write_all(journal, line, (size_t)(next - line));
        if (error == 0) continue;
        journal->lost++;
        if (journal->error == 0) journal->error = -error;
    }
}

static void write_waiting(struct journal *journal)
{
    if (journal->waiting == 1 || write_all(journal, journal->lines, journal->length) < 0) write_each(journal);
    journal->length = 0;
    journal->waiting = 0;
}

void journal_end(struct journal *journal)
{
    append(journal, "}\n", 2);
    journal->waiting++;
    if (!journal->gathers || journal->length >= GATHERED) write_waiting(journal);
}

void journal_gather(struct journal *journal)
{
    journal->gathers = true;
}

void journal_write_gathered(struct journal *journal)
{
    journal->gathers = false;
    if (journal->waiting > 0) write_waiting(journal);
}

void journal_note(struct journal *journal, const char *kind, const char *detail)
{
    journal_begin(journal, "note");
    journal_text(journal, "kind", kind);
    journal_text(journal, "detail", detail);
    journal_end(journal);
}
