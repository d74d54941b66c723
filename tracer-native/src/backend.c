#include "backend.h"

#include <string.h>

static const struct backend *const backends[] = {&backend_ptrace, &backend_late, &backend_ebpf};

const struct backend *backend_named(const char *name)
{
    if (!strcmp(name, "auto")) return &backend_ptrace;
    for (size_t i = 0; i < sizeof backends / sizeof *backends; i++)
        if (!strcmp(name, backends[i]->name)) return backends[i];
    return NULL;
}
