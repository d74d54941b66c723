/* `profgen-tracer filters TID`: the seccomp programs that a live task runs under. */
#ifndef PROFGEN_FILTERS_H
#define PROFGEN_FILTERS_H

enum { FILTERS_NO_SUCH_TASK = 3, FILTERS_IMPOSSIBLE = 4 };

/*
 * One line of JSON on stdout. 0: {"tid":N,"mode":M,"filters":["<hex>",...]}, the newest filter first, which is the kernel's order;
 * each is an array of struct sock_filter. Otherwise one of the above: {"problem":"...","remedy":"..."}. 125: wrong usage.
 */
int filters_main(const char *tid);

#endif
