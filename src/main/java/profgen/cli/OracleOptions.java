package profgen.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import profgen.BadInputException;
import profgen.recording.Recording;
import profgen.recording.Run;
import profgen.verify.Oracle;

/** The options that say when a workload works. */
final class OracleOptions {
    @Option(
            names = "--recording",
            paramLabel = "REC",
            description = "It works if it ends as it ended when it was recorded. Default: with status 0.")
    private @Nullable Path recording;

    @Option(
            names = "--expect-status",
            paramLabel = "N",
            split = ",",
            description = "It works if it ends with this status (128 and the number for a signal).")
    private List<Integer> statuses = new ArrayList<>();

    @Option(
            names = "--expect-stdout",
            paramLabel = "REGEX",
            description = "And only if this is found in its standard output (of the first MiB).")
    private @Nullable String stdout;

    @Option(
            names = "--probe",
            paramLabel = "COMMAND",
            description =
                    "For a service: it works once this command succeeds, in a shell on this machine; it is repeated"
                            + " until then, and then the workload is stopped.")
    private @Nullable String probe;

    /** @param service what is stopped ends as it may: its recording says nothing about it */
    Oracle oracle(boolean service) {
        SortedSet<Integer> expected = new TreeSet<>(statuses);
        if (expected.isEmpty() && recording != null && !service) {
            Recording recorded = RecordingFiles.readMerged(List.of(recording));
            recorded.runs().forEach(run -> add(expected, run.outcome()));
        }
        return new Oracle(expected, pattern());
    }

    /** Empty: it ends by itself. */
    Optional<String> probe() {
        return Optional.ofNullable(probe);
    }

    private static void add(SortedSet<Integer> expected, Run.Outcome outcome) {
        if (outcome.signal() != null) {
            expected.add(128 + outcome.signal());
        } else if (outcome.exitStatus() != null) {
            expected.add(outcome.exitStatus());
        }
    }

    private @Nullable Pattern pattern() {
        try {
            return stdout == null ? null : Pattern.compile(stdout, Pattern.MULTILINE);
        } catch (PatternSyntaxException e) {
            throw new BadInputException("--expect-stdout " + stdout + ": " + e.getDescription());
        }
    }
}
