/*
 * The tracer's own signals. It shares the process group, and so the terminal's signals, with the workload:
 * what the kernel sent has reached the workload too, what a process sent to the tracer is passed on.
 */
#ifndef PROFGEN_SIGNALS_H
#define PROFGEN_SIGNALS_H

#include <stdbool.h>
#include <sys/types.h>

enum signals_role {
    SIGNALS_OF_A_JOB,       /* between a caller and its job */
    SIGNALS_OF_A_CONTAINER, /* what comes from outside comes here; all of it is meant for the workload, but 64, which kills it */
    SIGNALS_OF_A_RELAY,     /* the terminal's do not reach what is below: of them, its size alone is passed on */
    SIGNALS_OF_AN_ONLOOKER, /* attached to others' processes: INT, TERM, HUP and QUIT ask itself to end */
    SIGNALS_OF_A_BYSTANDER, /* the workload gets its signals itself */
};

/* Before the workload is started: holds back what will be handled later, so that nothing is lost in between. */
void signals_hold(enum signals_role role);

/* Afterwards: passes on to main_pid from now on, also what came since signals_hold(). 0 or negative errno. */
int signals_pass_on(pid_t main_pid);

/* Whether that signal has been passed on since the last question. */
bool signals_passed_on(int number);

/* Whether one came that asks an onlooker to end. */
bool signals_end_wanted(void);

/* Interrupts a blocking wait every that many milliseconds. 0 or negative errno. */
int signals_tick(unsigned milliseconds);

/* Whether a tick came since the last question. */
bool signals_ticked(void);

#endif
