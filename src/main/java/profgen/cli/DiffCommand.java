package profgen.cli;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import profgen.diff.Asked;
import profgen.diff.Change;
import profgen.diff.Comparer;
import profgen.diff.Comparison;
import profgen.diff.Direction;
import profgen.diff.HostChoice;
import profgen.diff.ProfileAndRecording;
import profgen.diff.ProfileText;
import profgen.diff.RecordingComparer;
import profgen.diff.Side;
import profgen.filter.Host;
import profgen.report.DiffJson;
import profgen.report.DiffReport;
import profgen.syscall.Arch;

/** {@code profgen diff}: what differs in meaning. */
@Command(
        name = "diff",
        customSynopsis = {
            "profgen diff [OPTIONS] A B",
            "       profgen diff --live [OPTIONS] PID PROFILE",
            "       profgen diff --live --container NAME [OPTIONS] PROFILE",
        },
        description = {
            "Compares two profiles, two recordings, or one of each by what they mean, not by their text.",
            "",
            "Two profiles: what changes from A to B for every call and every value of its arguments, with a call that"
                    + " shows it. Unless options name a host: on x86_64 and loongarch64 with the newest Docker and its 14"
                    + " capabilities, with each capability that a rule asks for alone added (or taken away), just"
                    + " before each kernel that a rule asks for, and for each call with all combinations of what its rules"
                    + " ask for. --arch, --engine, --kernel, and --caps, --cap-add or --cap-drop each fix one of these.",
            "Two recordings: calls, values of arguments, errors and executables that only one of them has.",
            "One of each: what was recorded and would be denied, and what is allowed and was not recorded.",
            "",
            "With --live PID PROFILE, or --live --container NAME PROFILE: whether what is written is what is enforced. The profile"
                    + " as A, read for this machine, the process's bounding capabilities and the engine of its container (else"
                    + " Docker, see --engine), against the filters that the process runs under as B. Needs root on the host.",
            "",
            "+ loosened, - tightened, ~ neither: as open or closed as before, with another answer.",
        },
        exitCodeList = {
            "0:equal in meaning, or no change of the kind asked for with --fail-on",
            "1:different",
            "2:wrong usage",
            "3:a file or a value cannot be used, or the engine refuses the profile that a recording is compared with; no such process or container",
            "4:with --live: the kernel does not show the filters, or no engine answers",
            "5:undecided: the rules are too hard for an exact answer, a value was not recorded, or a recording is incomplete",
        },
        footer = {
            "  profgen diff docker-default app.seccomp.json",
            "  profgen diff --fail-on loosened old.json new.json",
            "  profgen diff --arch x86_64 --cap-add SYS_ADMIN old.json new.json",
            "  profgen diff --live --container web app.seccomp.json",
            "  profgen diff --live 4711 docker-default --engine docker@20.10",
            "  profgen diff --format markdown main.recording.json branch.recording.json >>\"$SUMMARY\"",
        })
final class DiffCommand implements Callable<Integer>, SaysErrorsInJson {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            index = "0",
            paramLabel = "A",
            description = "Before: a profile, a baseline's name, or a recording. With --live: the process's id.")
    private String a = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "B", description = "After. With --live: the profile.")
    private @Nullable String b;

    @Option(names = "--live", description = "Compare a profile with what a live process runs under.")
    private boolean live;

    @Mixin
    private LiveOptions target = new LiveOptions();

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
        Comparison comparison = compare();
        spec.commandLine()
                .getOut()
                .print(
                        switch (format()) {
                            case TEXT -> DiffReport.text(comparison);
                            case JSON -> DiffJson.json(comparison);
                            case MARKDOWN -> DiffReport.markdown(comparison);
                            case SARIF -> DiffJson.sarif(comparison, file(), failOn::fails, Version.current());
                        });
        if (comparison.changes().stream().anyMatch(failOn::fails)) {
            return ExitCode.NO.status();
        }
        return (comparison.undecided().isEmpty() ? ExitCode.DONE : ExitCode.INCOMPLETE).status();
    }

    /** After what changed it, else what changed. */
    private @Nullable ProfileText file() {
        return Stream.of(b, live && b != null ? null : a)
                .flatMap(Stream::ofNullable)
                .filter(name -> !ProfileOrRecording.isRecordingFile(name))
                .flatMap(name -> Stream.ofNullable(ProfileFiles.text(name)))
                .findFirst()
                .orElse(null);
    }

    private Comparison compare() {
        if (live) {
            List<String> ids = b == null ? List.of() : List.of(a);
            return target.look(spec.commandLine(), ids).comparedWith(b == null ? a : b, host);
        }
        if (b == null || target.saysContainer()) {
            throw new ParameterException(
                    spec.commandLine(), b == null ? "expected A and B" : "--container: needs --live");
        }
        return compare(a, b);
    }

    private Comparison compare(String before, String after) {
        ProfileOrRecording first = ProfileOrRecording.read(before);
        ProfileOrRecording second = ProfileOrRecording.read(after);
        List<Arch> arches = host.arches();
        if (first.isRecording() && second.isRecording()) {
            return RecordingComparer.compare(first.recordingOn(arches), second.recordingOn(arches));
        }
        if (first.isRecording()) {
            return ProfileAndRecording.compare(second.asProfile(), first.recordingOn(arches), true, host::apply);
        }
        if (second.isRecording()) {
            return ProfileAndRecording.compare(first.asProfile(), second.recordingOn(arches), false, host::apply);
        }
        Side a = new Side.OfProfile(before, first.asProfile().value());
        Side b = new Side.OfProfile(after, second.asProfile().value());
        return Comparer.compare(a, b, hosts(a, b));
    }

    private List<Asked> hosts(Side before, Side after) {
        List<Arch> arches = host.arches();
        List<Host> hosts = (arches.isEmpty() ? Stream.of(Arch.values()) : arches.stream())
                .map(arch -> host.apply(Host.docker(arch)))
                .toList();
        Set<HostChoice.Varied> varied = EnumSet.allOf(HostChoice.Varied.class);
        if (host.saysCapabilities()) {
            varied.remove(HostChoice.Varied.CAPABILITIES);
        }
        if (host.saysKernel()) {
            varied.remove(HostChoice.Varied.KERNELS);
        }
        return HostChoice.withConditions(hosts, before, after, varied);
    }
}
