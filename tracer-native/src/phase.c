#include "phase.h"

#include <errno.h>
#include <string.h>

static const char *const names[PHASE_COUNT] = {"entry", "serving", "shutdown", "exec"};

const char *phase_name(enum phase phase)
{
    return names[phase];
}

int phase_parse(const char *name, enum phase *phase)
{
    for (int i = 0; i < PHASE_COUNT; i++)
        if (!strcmp(name, names[i])) {
            *phase = (enum phase)i;
            return 0;
        }
    return -EINVAL;
}
