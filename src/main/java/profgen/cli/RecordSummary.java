package profgen.cli;

import java.io.PrintWriter;
import java.util.List;
import profgen.generate.Generated;
import profgen.generate.Generated.Gate;
import profgen.recording.Run.LedgerEntry;
import profgen.report.CapabilityLines;

/** What {@code record} says at the end, for a person. */
final class RecordSummary {
    private static final int SHOWN_REMARKS = 5;
    private static final String BESIDE = " ".repeat(11);

    private final RecordResult result;
    private final PrintWriter err;

    RecordSummary(RecordResult result, PrintWriter err) {
        this.result = result;
        this.err = err;
    }

    void print() {
        recorded();
        capabilities();
        new GeneratedText(result.generated(), err)
                .describe(result.outputs().profile().name(), result.policy().floors());
        howToRun();
        err.flush();
    }

    private void line(String label, String text) {
        err.println(Words.labelled(label, text));
    }

    private void recorded() {
        String where = result.runs().size() == 1
                ? " in " + processes()
                : " in " + result.runs().size() + " runs, " + processes();
        line(
                "recorded",
                Words.count(result.calls().size(), "system call", "system calls") + where + duration() + ", "
                        + String.join(" + ", result.abis()) + ", " + completeness());
        if (!result.failure().isEmpty()) {
            line("failed", result.failure());
        }
        List<LedgerEntry> ledger = result.ledger();
        ledger.stream().limit(SHOWN_REMARKS).forEach(entry -> line("note", entry.detail()));
        if (ledger.size() > SHOWN_REMARKS) {
            line(
                    "note",
                    ledger.size() - SHOWN_REMARKS + " more: profgen show "
                            + result.outputs().recording().name());
        }
    }

    private void capabilities() {
        CapabilityLines.brief(result.recording(), GatesLeft.of(result.generated()))
                .forEach(text -> line("caps", text));
    }

    private String processes() {
        return result.processes().isPresent()
                ? Words.count(result.processes().getAsLong(), "process", "processes")
                : "an unknown number of processes";
    }

    private String duration() {
        return result.durationNs().isPresent()
                ? " (" + Words.seconds(result.durationNs().getAsLong()) + ")"
                : "";
    }

    private String completeness() {
        return result.isComplete() ? "nothing lost" : "INCOMPLETE";
    }

    private void howToRun() {
        if (result.outputs().profile().isStandardOutput()) {
            return;
        }
        Generated generated = result.generated();
        line("run it", result.runLine());
        if (!result.subject().hasOwnFileSystem()) {
            err.println(BESIDE + "(recorded with this machine's libc; IMAGE's may make other calls:"
                    + " --rootfs records with its file system)");
        }
        if (generated.gates().stream().anyMatch(Gate::liftable)) {
            boolean all = generated.gates().stream().filter(Gate::needed).allMatch(Gate::liftable);
            line(
                    "or",
                    "profgen generate " + result.outputs().recording().name() + " --gates observed"
                            + (all ? "   (no capability needed)" : ""));
        }
    }
}
