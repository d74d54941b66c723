package profgen.cli;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import profgen.diff.Asked;
import profgen.diff.Change;
import profgen.diff.Comparer;
import profgen.diff.Comparison;
import profgen.diff.Direction;
import profgen.diff.HostChoice;
import profgen.diff.ProfileAndRecording;
import profgen.diff.ProfileAndRecording.Named;
import profgen.diff.RecordingComparer;
import profgen.diff.Side;
import profgen.filter.Host;
import profgen.profile.Profile;
import profgen.recording.Recording;
import profgen.recording.RecordingReader;
import profgen.report.DiffJson;
import profgen.report.DiffReport;
import profgen.syscall.Arch;

/** {@code profgen diff}: what differs in meaning. */
@Command(
        name = "diff",
        description = {
            "Compares two profiles, two recordings, or one of each by what they mean, not by their text.",
            "",
            "Two profiles: what changes from A to B for every call and every value of its arguments, with a call that"
                    + " shows it. Unless options name a host: on x86_64 and loongarch64 with the newest Docker and its 14"
                    + " capabilities, with each capability that a rule asks for alone added (or taken away), and just"
                    + " before each kernel that a rule asks for.",
            "Two recordings: calls, values of arguments, errors and executables that only one of them has.",
            "One of each: what was recorded and would be denied, and what is allowed and was not recorded.",
            "",
            "+ loosened, - tightened, ~ neither: as open or closed as before, with another answer.",
        },
        exitCodeList = {
            "0:equal in meaning, or no change of the kind asked for with --fail-on",
            "1:different",
            "2:wrong usage",
            "3:a file or a value cannot be used",
            "5:undecided: the rules are too hard for an exact answer, or a value was not recorded",
        },
        footer = {
            "  profgen diff docker-default app.seccomp.json",
            "  profgen diff --fail-on loosened old.json new.json",
            "  profgen diff --arch x86_64 --cap-add SYS_ADMIN old.json new.json",
            "  profgen diff --format markdown main.recording.json branch.recording.json >>\"$SUMMARY\"",
        })
final class DiffCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "A", description = "Before: a profile, a baseline's name, or a recording.")
    private String a = "";

    @Parameters(index = "1", paramLabel = "B", description = "After.")
    private String b = "";

    @Mixin
    private HostOptions host = new HostOptions();

    @Option(
            names = "--fail-on",
            paramLabel = "loosened|tightened|any",
            defaultValue = "any",
            description = "Which changes make the exit status 1. Default: ${DEFAULT-VALUE}.")
    private FailOn failOn = FailOn.ANY;

    @Option(
            names = "--format",
            paramLabel = "text|json|markdown|sarif",
            defaultValue = "text",
            description = "Default: ${DEFAULT-VALUE}.")
    private ReportFormat format = ReportFormat.TEXT;

    enum FailOn {
        LOOSENED,
        TIGHTENED,
        ANY;

        boolean fails(Change change) {
            return switch (this) {
                case LOOSENED -> change.loosens();
                case TIGHTENED -> change.direction() == Direction.TIGHTENED;
                case ANY -> true;
            };
        }
    }

    @Override
    public Integer call() {
        Comparison comparison = compare();
        spec.commandLine()
                .getOut()
                .print(
                        switch (format) {
                            case TEXT -> DiffReport.text(comparison);
                            case JSON -> DiffJson.json(comparison);
                            case MARKDOWN -> DiffReport.markdown(comparison);
                            case SARIF -> DiffJson.sarif(comparison, failOn::fails, Version.current());
                        });
        if (comparison.changes().stream().anyMatch(failOn::fails)) {
            return ExitCode.NO.status();
        }
        return (comparison.undecided().isEmpty() ? ExitCode.DONE : ExitCode.INCOMPLETE).status();
    }

    private Comparison compare() {
        boolean aIsRecording = ProfileFiles.isRecording(a);
        boolean bIsRecording = ProfileFiles.isRecording(b);
        if (aIsRecording && bIsRecording) {
            return RecordingComparer.compare(recording(a), recording(b));
        }
        if (aIsRecording || bIsRecording) {
            Named<Profile> profile = profile(aIsRecording ? b : a);
            return ProfileAndRecording.compare(profile, recording(aIsRecording ? a : b), aIsRecording, host::apply);
        }
        Side before = new Side.OfProfile(a, ProfileFiles.read(a));
        Side after = new Side.OfProfile(b, ProfileFiles.read(b));
        return Comparer.compare(before, after, hosts(before, after));
    }

    private static Named<Profile> profile(String name) {
        return new Named<>(name, ProfileFiles.read(name));
    }

    private Named<Recording> recording(String name) {
        Recording recording = RecordingReader.read(ProfileFiles.path(name));
        List<Arch> arches = host.arches();
        return new Named<>(
                name,
                new Recording(recording.runs().stream()
                        .filter(run -> arches.isEmpty()
                                || arches.contains(run.provenance().arch()))
                        .toList()));
    }

    private List<Asked> hosts(Side before, Side after) {
        List<Arch> arches = host.arches();
        List<Host> hosts = (arches.isEmpty() ? Stream.of(Arch.values()) : arches.stream())
                .map(arch -> host.apply(Host.docker(arch)))
                .toList();
        return host.saysCapabilities() ? HostChoice.only(hosts) : HostChoice.withConditions(hosts, before, after);
    }
}
