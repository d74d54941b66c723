/* A run's parts: a service starts, serves and shuts down, and commands are executed beside it. */
#ifndef PROFGEN_PHASE_H
#define PROFGEN_PHASE_H

/* A run goes from one to the next and never back; the last is for a tracer of its own. */
enum phase { PHASE_ENTRY, PHASE_SERVING, PHASE_SHUTDOWN, PHASE_EXEC, PHASE_COUNT };

const char *phase_name(enum phase phase);

/* 0, or -EINVAL for a name that is none. */
int phase_parse(const char *name, enum phase *phase);

#endif
