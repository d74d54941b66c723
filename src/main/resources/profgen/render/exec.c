/*
 * @TITLE@, for @HOST@; made by profgen render --for c.
 *
 *     cc -o confined FILE.c -lseccomp
 *     ./confined COMMAND [ARG...]     executes COMMAND under the filter, with no_new_privs
 *     ./confined -b >FILE             writes the filter's BPF program instead
 *
 * libseccomp 2.5 or newer.
@REMARKS@
 */
#include <errno.h>
#include <seccomp.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#if @OTHER_MACHINE@
#error "this filter is for @MACHINE@"
#endif

#define DEFAULT_ACTION @DEFAULT@
/* A name that libseccomp does not know has the default action, which must not be wider than the rule. */
#define DEFAULT_ALLOWS @ALLOWS@

struct rule {
	const char *name;
	uint32_t action;
	unsigned int count;
	struct scmp_arg_cmp tests[6];
};

/* Beside the native one; 0 ends the list. */
static const uint32_t architectures[] = { @ARCHITECTURES@0 };

/* Of the tests of a rule all must hold; of SCMP_CMP_MASKED_EQ's two values the first is the mask. */
static const struct rule rules[] = {
@RULES@
	{ .name = NULL },
};

static unsigned int unknown;

static int fail(const char *what, int error)
{
	fprintf(stderr, "%s: %s\n", what, strerror(error));
	return error == ENOENT ? 127 : 126;
}

static int add(scmp_filter_ctx filter, const struct rule *rule)
{
	int number = seccomp_syscall_resolve_name(rule->name);

	if (number == __NR_SCMP_ERROR) {
		fprintf(stderr, "%s%s", unknown++ == 0 ? "unknown to this libseccomp, left out: " : ", ", rule->name);
		return DEFAULT_ALLOWS ? -ENOTSUP : 0;
	}
	return seccomp_rule_add_array(filter, rule->action, number, rule->count, rule->tests);
}

static int fill(scmp_filter_ctx filter)
{
	int result;

	for (const uint32_t *architecture = architectures; *architecture != 0; architecture++) {
		result = seccomp_arch_add(filter, *architecture);
		if (result < 0 && result != -EEXIST)
			return fail("architecture", -result);
	}
	for (const struct rule *rule = rules; rule->name != NULL; rule++) {
		result = add(filter, rule);
		if (result < 0)
			return fail(rule->name, -result);
	}
	if (unknown != 0)
		fputc('\n', stderr);
@ATTRIBUTES@
	return 0;
}

int main(int argc, char **argv)
{
	scmp_filter_ctx filter;
	int result;

	if (argc < 2) {
		fprintf(stderr, "usage: %s COMMAND [ARG...] | -b >FILE\n", argv[0]);
		return 2;
	}
	filter = seccomp_init(DEFAULT_ACTION);
	if (filter == NULL)
		return fail("seccomp_init", EINVAL);
	result = fill(filter);
	if (result != 0)
		return result;
	if (strcmp(argv[1], "-b") == 0) {
		if (isatty(STDOUT_FILENO))
			return fail("standard output is a terminal", EINVAL);
		result = seccomp_export_bpf(filter, STDOUT_FILENO);
		return result == 0 ? 0 : fail("seccomp_export_bpf", -result);
	}
	result = seccomp_load(filter);
	if (result < 0)
		return fail("seccomp_load", -result);
	execvp(argv[1], argv + 1);
	return fail(argv[1], errno);
}
