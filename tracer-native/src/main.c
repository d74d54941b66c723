#include <stdio.h>
#include <string.h>

#include "attach.h"
#include "filters.h"
#include "launch.h"
#include "options.h"
#include "record.h"
#include "relay.h"

enum { USAGE = 125 };

int main(int argc, char **argv)
{
    const char *command = argc > 1 ? argv[1] : "";
    if (!strcmp(command, "--version")) {
        puts("profgen-tracer " PROFGEN_VERSION " " ARCH_NAME);
        return 0;
    }
    if (!strcmp(command, "probe") && argc == 2) return probe_main();
    if (!strcmp(command, "filters") && argc == 3) return filters_main(argv[2]);
    bool relays = !strcmp(command, "relay"), attaches = !strcmp(command, "attach");
    if (!relays && !attaches && strcmp(command, "record")) {
        fputs(options_usage, stderr);
        return USAGE;
    }
    static struct options options;
    if (options_parse(argc - 1, argv + 1, &options) < 0) return USAGE;
    return relays ? relay_run(&options) : attaches ? attach_run(&options) : record_run(&options);
}
