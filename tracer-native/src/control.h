/*
 * What profgen asks of a tracer at work: words in a file that profgen appends to and the tracer reads along, a line each.
 * A file, since it works through any mount, for any user of a container and whoever of the two ends first.
 */
#ifndef PROFGEN_CONTROL_H
#define PROFGEN_CONTROL_H

#include <stddef.h>

enum { CONTROL_LINE = 64 };

struct control {
    int fd; /* -1: nobody asks */
    char bytes[CONTROL_LINE];
    size_t length;
};

enum word { WORD_NONE, WORD_SERVING, WORD_STOP, WORD_KILL };

/* Without a path nobody asks. 0 or negative errno. */
int control_open(struct control *control, const char *path);

/* The next word that is there, WORD_NONE if none is. Never waits; lines that are no words are passed over. */
enum word control_next(struct control *control);

#endif
