package profgen.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import profgen.recording.Phase;
import profgen.recording.Recording;
import profgen.report.ShowFilter;
import profgen.report.ShowJson;
import profgen.report.ShowReport;

/** {@code profgen show}: what is in a recording. */
@Command(
        name = "show",
        description = {
            "Shows who called what, how often, when first, with which results and arguments.",
            "",
            "Several recordings are shown as one, merged. FIRST is in seconds since the run began. RESULTS counts"
                    + " successes (ok) and errors. ARGUMENTS lists the distinct values of flag words, families and"
                    + " operations, as far as a recording keeps them. A dash stands for what the recorder could not know."
                    + " Above the table stands for each run what it was, how it ended and what is missing.",
        },
        exitCodeList = {"0:done", "2:wrong usage", "3:a recording cannot be read, or a name is unknown"},
        footer = {
            "  profgen show numactl.recording.json",
            "  profgen show --call 'set*' --call mount app.recording.json",
            "  profgen show --errno EPERM --executable bash app.recording.json    what was refused to bash",
            "  profgen show --phase shutdown app.recording.json    what it calls when it is told to end",
            "  profgen show --json app.recording.json | jq '.calls[] | select(.count > 1000) | .name'",
        })
final class ShowCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "1..*", paramLabel = "REC", description = "Recordings.")
    private List<Path> recordings = List.of();

    @Option(
            names = {"-c", "--call"},
            paramLabel = "NAME",
            description = "Only this call, * and ? as in a shell, or its number if it has no name. Repeatable.")
    private List<String> calls = List.of();

    @Option(
            names = {"-x", "--executable"},
            paramLabel = "PATH",
            description = "Only calls of this program; * and ? as in a shell, a name without / is found in any folder."
                    + " Repeatable.")
    private List<String> executables = List.of();

    @Option(
            names = {"-e", "--errno"},
            paramLabel = "ERROR",
            description = "Only calls that gave this error, e.g. EPERM, or its number. Repeatable.")
    private List<String> errnos = List.of();

    @Option(
            names = "--phase",
            paramLabel = "entry|serving|shutdown|exec",
            description = "Only calls that were seen in this part of a run. Repeatable.")
    private List<Phase> phases = List.of();

    @Option(names = "--json", description = "One JSON object instead of the table.")
    private boolean json;

    @Override
    public Integer call() {
        ShowFilter filter = ShowFilter.of(calls, executables, errnos).in(phases);
        Recording recording = RecordingFiles.readMerged(recordings);
        spec.commandLine()
                .getOut()
                .print(
                        json
                                ? ShowJson.of(recording, filter)
                                : ShowReport.table(recording, filter, GatesLeft.in(recording)));
        return ExitCode.DONE.status();
    }
}
