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
import profgen.recording.Recording;
import profgen.recording.Recordings;

/** {@code profgen merge}: the union of recordings. */
@Command(
        name = "merge",
        description = {
            "Writes one recording with all runs of the given ones.",
            "",
            "A recording is a set of runs, and merging is the union of the sets: neither order nor repetition matters,"
                    + " so that recordings of several tests, machines or architectures can be gathered step by step."
                    + " Where one run is there with two contents (recovered from its journal, and whole), the complete"
                    + " one stays. Calls of different architectures and ABIs are kept apart. The output may be one of"
                    + " the inputs; another file that exists is replaced with --force only.",
        },
        exitCodeList = {"0:done", "2:wrong usage", "3:a recording cannot be read, or the output cannot be written"},
        footer = {
            "  profgen merge unit.recording.json load.recording.json -o app.recording.json",
            "  profgen merge *.recording.json -o - | less",
        })
final class MergeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "1..*", paramLabel = "REC", description = "Recordings.")
    private List<Path> recordings = List.of();

    @Mixin
    private RecordingOutput output = new RecordingOutput();

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        List<Recording> parts = RecordingFiles.read(recordings);
        output.check(recordings);
        Recordings.conflicts(parts)
                .forEach(id -> err.println("profgen: run " + id
                        + " is there with different contents: one is kept, a complete one if there is any"));
        Recording merged = Recordings.merge(parts);
        output.write(merged, spec.commandLine().getOut());
        return ExitCode.DONE.status();
    }
}
