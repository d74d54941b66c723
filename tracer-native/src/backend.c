#include "backend.h"

#include <string.h>

#include "ebpf_run.h"

static const struct backend *const backends[] = {&backend_ptrace, &backend_late, &backend_notify, &backend_ebpf, &backend_strace};

const struct backend *backend_named(const char *name)
{
    for (size_t i = 0; i < sizeof backends / sizeof *backends; i++)
        if (!strcmp(name, backends[i]->name)) return backends[i];
    return NULL;
}

/*
 * eBPF costs least and sees all, where no run of it is left out. Else the late filter: what a call costs by notification is
 * the same for every call, here only until a program has become quiet, and it sees results.
 */
const struct backend *backend_best(void)
{
    return ebpf_works() ? &backend_ebpf : &backend_late;
}
