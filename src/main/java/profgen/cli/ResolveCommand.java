package profgen.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import profgen.filter.Filter;
import profgen.filter.Host;
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
final class ResolveCommand implements Callable<Integer>, SaysErrorsInJson {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "PROFILE", description = "A profile, or a baseline's name.")
    private String profile = "";

    @Mixin
    private HostOptions host = new HostOptions();

    @Option(names = "--table", description = "A table for people, with what was left out and why, instead of JSON.")
    private boolean table;

    @Option(names = "--json", description = "The JSON, and errors as JSON too.")
    private boolean json;

    @Override
    public boolean json() {
        return json;
    }

    @Override
    public Integer call() {
        if (table && json) {
            throw new ParameterException(spec.commandLine(), "--table: means nothing together with --json");
        }
        Host one = host.one();
        Filter filter = Resolver.resolve(ProfileFiles.readFor(one.engine(), profile), one);
        filter.demandAccepted(profile);
        spec.commandLine().getOut().print(table ? ResolveReport.text(filter) : ProfileWriter.write(filter.toProfile()));
        return ExitCode.DONE.status();
    }
}
