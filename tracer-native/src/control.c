#include "control.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

int control_open(struct control *control, const char *path)
{
    *control = (struct control){.fd = -1};
    if (!path) return 0;
    control->fd = open(path, O_RDONLY | O_CLOEXEC);
    return control->fd < 0 ? -errno : 0;
}

static enum word word_of(const char *line, size_t length)
{
    static const char *const words[] = {[WORD_SERVING] = "serving", [WORD_STOP] = "stop", [WORD_KILL] = "kill"};
    for (enum word word = WORD_SERVING; word <= WORD_KILL; word++)
        if (strlen(words[word]) == length && !memcmp(words[word], line, length)) return word;
    return WORD_NONE;
}

/* Takes the first line out of what was read. */
static enum word take_line(struct control *control, size_t length)
{
    enum word word = word_of(control->bytes, length);
    control->length -= length + 1;
    memmove(control->bytes, control->bytes + length + 1, control->length);
    return word;
}

enum word control_next(struct control *control)
{
    while (control->fd >= 0) {
        const char *end = memchr(control->bytes, '\n', control->length);
        enum word word = end ? take_line(control, (size_t)(end - control->bytes)) : WORD_NONE;
        if (word != WORD_NONE) return word;
        if (end) continue;
        if (control->length == sizeof control->bytes) control->length = 0; /* longer than any word */
        ssize_t got = read(control->fd, control->bytes + control->length, sizeof control->bytes - control->length);
        if (got <= 0) return WORD_NONE;
        control->length += (size_t)got;
    }
    return WORD_NONE;
}
