#include "base.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "arguments.h"
#include "memory.h"

enum { LINE = 256 };

static int parse_abi(const char *name, abi_t *abi)
{
    char buffer[32];
    for (*abi = 0; *abi < ABI_COUNT; ++*abi)
        if (!strcmp(abi_name(*abi, buffer, sizeof buffer), name)) return 0;
    return -EINVAL;
}

static struct call *call_of(struct exe *base, abi_t abi, int32_t nr)
{
    struct call *call = calls_find(base, abi, nr);
    return call ? call : calls_add(base, abi, nr);
}

static int read_line(struct calls *calls, char *line)
{
    char *state = NULL, *end, *word = strtok_r(line, " \n", &state), *number = strtok_r(NULL, " \n", &state);
    struct tuple tuple = {0};
    size_t count = 0;
    abi_t abi;
    if (!word || !number || parse_abi(word, &abi) < 0) return -EINVAL;
    long nr = strtol(number, &end, 10);
    if (*end || nr < 0 || nr >= NUMBERS) return -EINVAL;
    struct call *call = call_of(calls->base, abi, (int32_t)nr);
    call->succeeded = true;
    while ((word = strtok_r(NULL, " \n", &state)) && strcmp(word, "*")) {
        if (count == TUPLE_VALUES) return -EINVAL;
        tuple.values[count++] = strtoull(word, &end, 10);
        if (*end) return -EINVAL;
    }
    if (word) call->many = true;
    if (count == 0 || call->ntuples == TUPLE_LIMIT) return 0;
    if (!call->watched || (call->watched->count && count != call->watched->count)) return -EINVAL;
    call->tuples = memory_resize(call->tuples, (call->ntuples + 1) * sizeof tuple);
    call->tuples[call->ntuples++] = tuple;
    return 0;
}

int base_read(struct calls *calls, const char *path)
{
    char line[LINE];
    int error = 0;
    FILE *file = fopen(path, "re");
    if (!file) return -errno;
    calls->base = memory_new(sizeof *calls->base);
    calls->base->calls_end = &calls->base->calls;
    while (!error && fgets(line, sizeof line, file)) error = read_line(calls, line);
    if (!error && ferror(file)) error = -EIO;
    fclose(file);
    return error;
}
