#ifndef PROFGEN_CAPS_H
#define PROFGEN_CAPS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct caps {
    uint64_t effective;
    uint64_t permitted;
    uint64_t inheritable;
};

/* "CAP_SYS_ADMIN"; "CAP_63" for a number without a name here. */
void caps_name(int number, char *name, size_t size);
int caps_number_count(void);
int caps_get(struct caps *caps);
int caps_set(const struct caps *caps);
bool caps_has_effective(int number);
uint64_t caps_bounding(void);
/* Drops from the bounding set what is not in mask. 0 or a negative errno. */
int caps_bound(uint64_t mask);
uint64_t caps_ambient(void);
/* Empties the ambient set; a kernel without one has nothing to empty. */
int caps_clear_ambient(void);

#endif
