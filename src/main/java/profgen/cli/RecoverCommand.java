package profgen.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import profgen.RecordingException;
import profgen.recording.Journal;
import profgen.recording.JournalReader;
import profgen.recording.Ledger;
import profgen.recording.Recording;
import profgen.recording.Run;

/** {@code profgen recover}: a recording of what a killed one left. */
@Command(
        name = "recover",
        description = {
            "Makes a recording of the journal that a killed or failed 'profgen record' left.",
            "",
            "While a workload runs, everything that is seen for the first time is appended to the journal at once;"
                    + " it is a hidden file beside the recording that was to be. A journal without an end holds every"
                    + " call up to then, but not how often each was made; the recording says so, is marked incomplete,"
                    + " and the exit status is 5. A whole journal (profgen was killed, but not its tracer) makes the"
                    + " same recording as the run itself would have.",
        },
        exitCodeList = {
            "0:the journal is whole",
            "2:wrong usage",
            "3:this is no journal, or the output cannot be written",
            "5:the recording is incomplete, or nothing was recorded",
        },
        footer = {"  profgen recover .numactl.1a2b3c4d.journal -o numactl.recording.json"})
final class RecoverCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "1", paramLabel = "JOURNAL", description = "The journal of one run.")
    private Path journal = Path.of("");

    @Mixin
    private RecordingOutput output = new RecordingOutput();

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        output.check(List.of());
        Journal read = JournalReader.read(journal, new Journal.Origin(Version.current(), List.of(), List.of()));
        Run run = read.run();
        if (read.failure() != null && run.calls().isEmpty()) {
            throw new RecordingException(
                    journal + ": nothing was recorded: " + read.failure().message());
        }
        output.write(new Recording(List.of(run)), spec.commandLine().getOut());
        run.ledger().stream()
                .filter(entry -> Ledger.isLoss(entry.kind()))
                .forEach(entry -> err.println("profgen: " + journal + ": " + entry.detail()));
        return (run.complete() ? ExitCode.DONE : ExitCode.INCOMPLETE).status();
    }
}
