#include "options.h"

#include <errno.h>
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "memory.h"

const char options_usage[] =
    "usage: profgen-tracer record --journal FILE [options] -- COMMAND [ARG...]\n"
    "       profgen-tracer relay [options] -- COMMAND [ARG...]\n"
    "       profgen-tracer attach --journal FILE [options] PID\n"
    "       profgen-tracer probe\n"
    "       profgen-tracer try NR [ARG...]   makes this call (decimal numbers); status 0, or 20 and the errno\n"
    "       profgen-tracer filters TID       prints the seccomp programs that it runs under\n"
    "       profgen-tracer --version\n"
    "COMMAND, ARG, FILE, DIR, TEXT and NAME=VALUE are percent-encoded (%HH).\n"
    "  --run-id HEX                    copied into the journal\n"
    "  --engine-option TEXT            repeatable; copied into the journal for what reads it without its writer\n"
    "  --tracer NAME                   what sees the calls: auto, ebpf, late, notify, ptrace (default) or strace; the journal names it\n"
    "  --late-after N                  late: so many calls of an executable without a first sight, until what was seen is\n"
    "                                  let through (default 200, and more where first sights still come after a silence)\n"
    "  --base FILE                     late: lines of ABI NUMBER [VALUE... | *] that are let through from the start\n"
    "  --near auto|always              late, ptrace: a tracee is resumed on the tracer's processor where that is quicker\n"
    "                                  (default), or wherever nothing in the workload can see it\n"
    "  --until-exit main|all           main: what still runs when COMMAND has ended is killed (default)\n"
    "  --sigmask HEX --sigignore HEX   signals that COMMAND starts with blocked, ignored\n"
    "  --nofile-soft N|unlimited       soft limit of open files for COMMAND\n"
    "  --progress-interval MS          least time between two progress lines, 0: none (default 500)\n"
    "  --control FILE                  obey the words that are appended to it, a line each: serving, stop, kill\n"
    "  --end-with-parent               stop when the process that started the tracer is no more\n"
    "  --stop-signal N --stop-grace MS what stop sends, and the time until KILL (default 15, 10000)\n"
    "  --ready-call NR                 its first success begins the phase serving; -1: none does (default)\n"
    "  --phase entry|serving|exec      the phase in which the run begins (default entry)\n"
    "  --alone                         attach: not to the processes below PID\n"
    "  --uid N --gid N --groups N,...  --workdir DIR  --setenv NAME=VALUE  --unsetenv NAME\n"
    "  --no-new-privileges\n"
    "  --filter FILE                   COMMAND runs under this seccomp filter (array of struct sock_filter); what it\n"
    "                                  refuses is in the journal. Without CAP_SYS_ADMIN it brings no_new_privs along\n"
    "  --sandbox                       in a container: own pid, mount, ipc, uts and cgroup namespaces\n"
    "  --pid1  --cap-bounding HEX  --network host|none  --read-only  --rootfs DIR  --hostname NAME\n"
    "  --join PID                      with --sandbox: in the container of this process\n"
    "  --entry ENGINE                  in front of a container's own command, as its first process or below ENGINE's init;\n"
    "                                  with --pid1 COMMAND is the first process; ends as COMMAND ends\n"
    "relay runs COMMAND untraced, with --sigmask, --sigignore and --nofile-soft, and passes signals on and its status back.\n";

enum option_id {
    OPT_JOURNAL = 1, OPT_RUN_ID, OPT_UNTIL_EXIT, OPT_SIGMASK, OPT_SIGIGNORE, OPT_NOFILE, OPT_PROGRESS, OPT_SANDBOX, OPT_PID1,
    OPT_CAP_BOUNDING, OPT_NETWORK, OPT_UID, OPT_GID, OPT_GROUPS, OPT_WORKDIR, OPT_SETENV, OPT_UNSETENV, OPT_READ_ONLY,
    OPT_ROOTFS, OPT_NO_NEW_PRIVILEGES, OPT_HOSTNAME, OPT_ENGINE_OPTION, OPT_FILTER, OPT_ENTRY, OPT_CONTROL,
    OPT_END_WITH_PARENT, OPT_STOP_SIGNAL, OPT_STOP_GRACE, OPT_READY_CALL, OPT_PHASE, OPT_ALONE, OPT_TRACER, OPT_LATE_AFTER, OPT_BASE,
    OPT_JOIN, OPT_NEAR
};

static const struct option long_options[] = {
    {"journal", required_argument, NULL, OPT_JOURNAL},
    {"run-id", required_argument, NULL, OPT_RUN_ID},
    {"until-exit", required_argument, NULL, OPT_UNTIL_EXIT},
    {"sigmask", required_argument, NULL, OPT_SIGMASK},
    {"sigignore", required_argument, NULL, OPT_SIGIGNORE},
    {"nofile-soft", required_argument, NULL, OPT_NOFILE},
    {"progress-interval", required_argument, NULL, OPT_PROGRESS},
    {"sandbox", no_argument, NULL, OPT_SANDBOX},
    {"pid1", no_argument, NULL, OPT_PID1},
    {"cap-bounding", required_argument, NULL, OPT_CAP_BOUNDING},
    {"network", required_argument, NULL, OPT_NETWORK},
    {"uid", required_argument, NULL, OPT_UID},
    {"gid", required_argument, NULL, OPT_GID},
    {"groups", required_argument, NULL, OPT_GROUPS},
    {"workdir", required_argument, NULL, OPT_WORKDIR},
    {"setenv", required_argument, NULL, OPT_SETENV},
    {"unsetenv", required_argument, NULL, OPT_UNSETENV},
    {"read-only", no_argument, NULL, OPT_READ_ONLY},
    {"rootfs", required_argument, NULL, OPT_ROOTFS},
    {"no-new-privileges", no_argument, NULL, OPT_NO_NEW_PRIVILEGES},
    {"hostname", required_argument, NULL, OPT_HOSTNAME},
    {"engine-option", required_argument, NULL, OPT_ENGINE_OPTION},
    {"filter", required_argument, NULL, OPT_FILTER},
    {"entry", required_argument, NULL, OPT_ENTRY},
    {"control", required_argument, NULL, OPT_CONTROL},
    {"end-with-parent", no_argument, NULL, OPT_END_WITH_PARENT},
    {"stop-signal", required_argument, NULL, OPT_STOP_SIGNAL},
    {"stop-grace", required_argument, NULL, OPT_STOP_GRACE},
    {"ready-call", required_argument, NULL, OPT_READY_CALL},
    {"phase", required_argument, NULL, OPT_PHASE},
    {"alone", no_argument, NULL, OPT_ALONE},
    {"tracer", required_argument, NULL, OPT_TRACER},
    {"late-after", required_argument, NULL, OPT_LATE_AFTER},
    {"base", required_argument, NULL, OPT_BASE},
    {"join", required_argument, NULL, OPT_JOIN},
    {"near", required_argument, NULL, OPT_NEAR},
    {NULL, 0, NULL, 0},
};

static int hex_digit(char digit)
{
    if (digit >= '0' && digit <= '9') return digit - '0';
    if (digit >= 'A' && digit <= 'F') return digit - 'A' + 10;
    if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
    return -1;
}

/* In place; a percent sign without two digits, or an encoded NUL, is an error. */
static int decode(char *text)
{
    char *to = text;
    for (const char *from = text; *from; from++) {
        if (*from != '%') {
            *to++ = *from;
            continue;
        }
        int high = hex_digit(from[1]), low = high < 0 ? -1 : hex_digit(from[2]);
        if (low < 0 || high * 16 + low == 0) return -EINVAL;
        *to++ = (char)(high * 16 + low);
        from += 2;
    }
    *to = 0;
    return 0;
}

static int parse_number(const char *text, int base, uint64_t limit, uint64_t *value)
{
    char *end;
    errno = 0;
    *value = strtoull(text, &end, base);
    return errno || end == text || *end || *text == '-' || *text == '+' || *text == ' ' || *value > limit ? -EINVAL : 0;
}

static int parse_id(const char *text, uint32_t *id)
{
    uint64_t value;
    if (parse_number(text, 10, UINT32_MAX - 1, &value) < 0) return -EINVAL;
    *id = (uint32_t)value;
    return 0;
}

static int parse_groups(const char *list, struct launch_options *launch)
{
    gid_t *groups = NULL;
    size_t count = 0;
    char *copy = memory_text(list), *state = NULL;
    int error = 0;
    for (char *item = strtok_r(copy, ",", &state); item && !error; item = strtok_r(NULL, ",", &state)) {
        groups = memory_resize(groups, (count + 1) * sizeof *groups);
        error = parse_id(item, &groups[count++]);
    }
    free(copy);
    launch->groups = groups;
    launch->ngroups = count;
    return error;
}

static int parse_limit(const char *text, struct launch_options *launch)
{
    uint64_t value = RLIM_INFINITY;
    if (strcmp(text, "unlimited") && parse_number(text, 10, UINT64_MAX, &value) < 0) return -EINVAL;
    launch->has_nofile = true;
    launch->nofile_soft = value;
    return 0;
}

/* One of two words: whether it is the second. */
static int parse_word(const char *text, const char *no, const char *yes, bool *value)
{
    if (strcmp(text, no) && strcmp(text, yes)) return -EINVAL;
    *value = !strcmp(text, yes);
    return 0;
}

static int parse_text(char *text, const char **value)
{
    *value = text;
    return decode(text);
}

/* To a list that ends with NULL, or is NULL while it is empty. */
static int add_text(char *text, char *const **list)
{
    int error = decode(text);
    size_t count = 0;
    while (*list && (*list)[count]) count++;
    char **longer = memory_resize((void *)*list, (count + 2) * sizeof *longer);
    longer[count] = text;
    longer[count + 1] = NULL;
    *list = longer;
    return error;
}

static int add_change(char *text, bool sets, struct launch_options *launch)
{
    int error = add_text(text, &launch->env_changes);
    const char *equals = strchr(text, '=');
    return error || equals == text || sets != (equals != NULL) ? -EINVAL : 0;
}

static int parse_up_to(const char *text, uint64_t limit, unsigned *value)
{
    uint64_t number;
    int error = parse_number(text, 10, limit, &number);
    *value = error ? 0 : (unsigned)number;
    return error;
}

static int parse_process(const char *text, pid_t *pid)
{
    unsigned number;
    int error = parse_up_to(text, INT32_MAX, &number);
    *pid = (pid_t)number;
    return error || number == 0 ? -EINVAL : 0;
}

static int parse_ready_call(const char *text, int32_t *call)
{
    unsigned number;
    *call = -1;
    if (!strcmp(text, "-1")) return 0;
    int error = parse_up_to(text, INT32_MAX, &number);
    if (!error) *call = (int32_t)number;
    return error;
}

/* How a run is divided and ends. */
static int parse_course(enum option_id id, char *value, struct options *options)
{
    unsigned number;
    int error;
    switch (id) {
    case OPT_CONTROL: return parse_text(value, &options->control);
    case OPT_END_WITH_PARENT: options->end_with_parent = true; return 0;
    case OPT_STOP_SIGNAL:
        error = parse_up_to(value, 64, &number);
        options->stop_signal = (int)number;
        return error || number == 0 ? -EINVAL : 0;
    case OPT_STOP_GRACE: return parse_up_to(value, 86400000, &options->stop_grace);
    case OPT_READY_CALL: return parse_ready_call(value, &options->ready_call);
    case OPT_PHASE: return phase_parse(value, &options->phase);
    case OPT_ALONE: options->alone = true; return 0;
    case OPT_BASE: return parse_text(value, &options->base);
    case OPT_LATE_AFTER: return parse_up_to(value, 1000000, &options->late_after);
    case OPT_TRACER:
        options->backend = backend_named(value);
        options->automatic = !strcmp(value, "auto");
        if (options->automatic) return 0;
        return options->backend ? 0 : -EINVAL;
    default: return -EINVAL;
    }
}

static int parse_option(enum option_id id, char *value, struct options *options)
{
    struct launch_options *launch = &options->launch;
    switch (id) {
    case OPT_JOURNAL: return parse_text(value, &options->journal);
    case OPT_RUN_ID: return parse_text(value, &options->run_id);
    case OPT_UNTIL_EXIT: return parse_word(value, "main", "all", &options->until_all);
    case OPT_SIGMASK: return parse_number(value, 16, UINT64_MAX, &launch->sigmask);
    case OPT_SIGIGNORE:
        launch->has_sigignore = true;
        return parse_number(value, 16, UINT64_MAX, &launch->sigignore);
    case OPT_NOFILE: return parse_limit(value, launch);
    case OPT_PROGRESS: return parse_up_to(value, 86400000, &options->progress_interval);
    case OPT_SANDBOX: launch->sandbox = true; return 0;
    case OPT_PID1: launch->pid1 = true; return 0;
    case OPT_NEAR: return parse_word(value, "auto", "always", &options->near_always);
    case OPT_JOIN: return parse_process(value, &launch->join);
    case OPT_CAP_BOUNDING:
        launch->has_bounding = true;
        return parse_number(value, 16, UINT64_MAX, &launch->bounding);
    case OPT_NETWORK: return parse_word(value, "host", "none", &launch->network_none);
    case OPT_UID:
        launch->has_user = true;
        return parse_id(value, &launch->uid);
    case OPT_GID: return parse_id(value, &launch->gid);
    case OPT_GROUPS: return parse_groups(value, launch);
    case OPT_WORKDIR: return parse_text(value, &launch->workdir);
    case OPT_SETENV: return add_change(value, true, launch);
    case OPT_UNSETENV: return add_change(value, false, launch);
    case OPT_READ_ONLY: launch->read_only = true; return 0;
    case OPT_ROOTFS: return parse_text(value, &launch->rootfs);
    case OPT_NO_NEW_PRIVILEGES: launch->no_new_privileges = true; return 0;
    case OPT_HOSTNAME: return parse_text(value, &launch->hostname);
    case OPT_ENGINE_OPTION: return add_text(value, &options->engine_options);
    case OPT_FILTER: return parse_text(value, &options->filter);
    case OPT_ENTRY:
        launch->entry = true;
        return parse_text(value, &options->engine);
    default: return parse_course(id, value, options);
    }
}

static int complain(const char *object, const char *problem)
{
    fprintf(stderr, "profgen-tracer: %s: %s\n", object, problem);
    return -EINVAL;
}

/* What belongs together. What belongs to a container alone is known where the workload is started. */
static int check(const struct options *options, bool relays, bool has_group)
{
    if (!options->journal && !relays) return complain("--journal", "is required");
    if (!options->launch.argv[0]) return complain("COMMAND or PID", "is missing");
    if (has_group && !options->launch.has_user) return complain("--gid", "needs --uid");
    if (options->filter && options->backend != &backend_ptrace) return complain("--filter", "needs --tracer ptrace");
    if (options->base && options->backend != &backend_late) return complain("--base", "needs --tracer late");
    if (options->launch.join && options->launch.pid1) return complain("--join", "excludes --pid1");
    if (options->engine && options->launch.sandbox) return complain("--entry", "excludes --sandbox");
    if (options->engine && options->launch.pid1 && getpid() != 1) return complain("--pid1", "is for a container's first process");
    return 0;
}

int options_parse(int argc, char **argv, struct options *options)
{
    bool has_group = false;
    int id, index = 0;
    *options = (struct options){
        .run_id = "", .backend = &backend_ptrace, .late_after = 200, .progress_interval = 500, .ready_call = -1,
        .stop_signal = SIGTERM, .stop_grace = 10000};
    optind = 1;
    while ((id = getopt_long(argc, argv, "+", long_options, &index)) != -1) {
        if (id == '?') return -EINVAL; /* getopt has said why */
        if (parse_option((enum option_id)id, optarg, options) < 0) {
            fprintf(stderr, "profgen-tracer: --%s: bad value '%s'\n", long_options[index].name, optarg);
            return -EINVAL;
        }
        has_group |= id == OPT_GID || id == OPT_GROUPS;
    }
    for (int i = optind; i < argc; i++)
        if (decode(argv[i]) < 0) return complain(argv[i], "bad percent-encoding");
    options->launch.argv = argv + optind;
    /* What runs already, and what a filter refuses, is for one of them. */
    if (options->automatic) options->backend = options->filter || strcmp(argv[0], "record") ? &backend_ptrace : backend_best();
    return check(options, !strcmp(argv[0], "relay"), has_group);
}
