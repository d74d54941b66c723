package profgen.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import profgen.diff.CheckResult;
import profgen.diff.Checker;
import profgen.recording.Recording;
import profgen.report.CheckJson;
import profgen.report.CheckReport;

/** {@code profgen check}: the gate for a pipeline, without a container. */
@Command(
        name = "check",
        description = {
            "Says whether a profile allows everything that was recorded: calls and values of arguments.",
            "",
            "Each run is checked on the host that it was recorded on: its architecture, its kernel, the newest Docker, and"
                    + " the bounding set of the container that it ran in, which is Docker's 14 capabilities and what"
                    + " --cap-add gave it; Docker's 14 if it ran without a container or was imported. The options put"
                    + " another host in its place; --arch takes only the runs of that architecture.",
            "",
            "Calls that failed count like all others. Where a rule asks for an argument whose values were not recorded,"
                    + " the answer is undecided. That a call which recordings may miss (exit, restart_syscall,"
                    + " clock_gettime) is denied is a remark only; so is a clone3 that is answered with ENOSYS while the"
                    + " clone that libc then takes is allowed.",
        },
        exitCodeList = {
            "0:everything is allowed",
            "1:something is denied",
            "2:wrong usage",
            "3:a file or a value cannot be used, or the engine refuses the profile",
            "5:undecided, or a recording is incomplete and nothing in it is denied",
        },
        footer = {
            "  profgen check app.seccomp.json app.recording.json",
            "  profgen check docker-default --cap-add SYS_NICE *.recording.json",
            "  profgen check app.seccomp.json app.recording.json --format sarif >check.sarif",
        })
final class CheckCommand implements Callable<Integer>, SaysErrorsInJson {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "PROFILE", description = "A file, or a baseline such as docker-default.")
    private String profile = "";

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "REC", description = "Recordings.")
    private List<Path> recordings = List.of();

    @Mixin
    private HostOptions host = new HostOptions();

    @Option(
            names = "--format",
            paramLabel = "text|json|markdown|sarif",
            defaultValue = "text",
            description = "Default: ${DEFAULT-VALUE}.")
    private ReportFormat format = ReportFormat.TEXT;

    @Option(names = "--json", description = "The same as --format json.")
    private boolean json;

    @Override
    public boolean json() {
        return format() == ReportFormat.JSON;
    }

    private ReportFormat format() {
        return json ? ReportFormat.JSON : format;
    }

    @Override
    public Integer call() {
        Recording recording = RecordingFiles.on(
                host.arches(),
                RecordingFiles.readMerged(recordings),
                recordings.get(0).toString());
        CheckResult result = Checker.check(profile, ProfileFiles.read(profile), recording, host::apply);
        spec.commandLine()
                .getOut()
                .print(
                        switch (format()) {
                            case TEXT -> CheckReport.text(result);
                            case JSON -> CheckJson.json(result);
                            case MARKDOWN -> CheckReport.markdown(result);
                            case SARIF -> CheckJson.sarif(result, ProfileFiles.text(profile), Version.current());
                        });
        return switch (result.answer()) {
            case YES -> ExitCode.DONE.status();
            case NO -> ExitCode.NO.status();
            case UNDECIDED, INCOMPLETE -> ExitCode.INCOMPLETE.status();
        };
    }
}
