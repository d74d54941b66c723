package profgen.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import profgen.BadInputException;
import profgen.filter.Filter;
import profgen.filter.Resolver;
import profgen.profile.ProfileWriter;
import profgen.report.ResolveReport;

/** {@code profgen resolve}: the flat filter that a host enforces. */
@Command(
        name = "resolve",
        description = {
            "Prints the filter that a host makes of a profile: without conditions, as the linux.seccomp object of an OCI"
                    + " runtime configuration.",
            "",
            "Unless options name a host: this machine's architecture, the newest Docker with its 14 capabilities.",
        },
        exitCodeList = {
            "0:done",
            "2:wrong usage",
            "3:the profile or a value cannot be used, or the engine refuses the profile",
        },
        footer = {
            "  profgen resolve docker-default --table",
            "  profgen resolve app.seccomp.json --cap-add SYS_NICE --kernel 5.10",
            "  profgen resolve app.seccomp.json --arch loongarch64 --engine podman --table",
            "  profgen resolve app.seccomp.json --engine containerd >flat.json",
        })
final class ResolveCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "PROFILE", description = "A profile, or a baseline's name.")
    private String profile = "";

    @Mixin
    private HostOptions host = new HostOptions();

    @Option(names = "--table", description = "A table for people, with what was left out and why, instead of JSON.")
    private boolean table;

    @Override
    public Integer call() {
        Filter filter = Resolver.resolve(ProfileFiles.read(profile), host.one());
        refuse(profile, filter);
        spec.commandLine().getOut().print(table ? ResolveReport.text(filter) : ProfileWriter.write(filter.toProfile()));
        return ExitCode.DONE.status();
    }

    /** A file with which no container starts has no filter. */
    static void refuse(String profile, Filter filter) {
        if (!filter.refusals().isEmpty()) {
            throw new BadInputException(
                    profile + ": " + filter.host().engine() + " refuses it: " + String.join("; ", filter.refusals()));
        }
    }
}
