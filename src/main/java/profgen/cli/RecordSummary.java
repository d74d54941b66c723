package profgen.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import profgen.capability.Capability;
import profgen.generate.Generated;
import profgen.generate.Generated.Gate;
import profgen.recording.Run.LedgerEntry;

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
        profile();
        gated();
        result.generated().leftOut().forEach(this::leftOut);
        howToRun();
        err.flush();
    }

    private void line(String label, String text) {
        err.println(String.format("%-11s%s", label, text));
    }

    private void recorded() {
        String where = result.runs().size() == 1
                ? " in " + processes()
                : " in " + result.runs().size() + " runs, " + processes();
        line(
                "recorded",
                Words.count(result.calls().size(), "system call", "system calls") + where + " ("
                        + Words.seconds(result.durationNs()) + "), " + String.join(" + ", result.abis()) + ", "
                        + completeness());
        if (!result.failure().isEmpty()) {
            line("failed", result.failure() + ": this is a recording of a failed run");
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

    private String processes() {
        return Words.count(result.processes(), "process", "processes");
    }

    private String completeness() {
        return result.isComplete() ? "nothing lost" : "INCOMPLETE";
    }

    private void profile() {
        Generated.Counts counts = result.generated().counts();
        String policy = counts.policy() == 0 ? "" : ", " + counts.policy() + " by policy";
        line(
                "profile",
                result.outputs().profile().name() + ": " + Words.count(counts.total(), "name", "names") + " ("
                        + counts.seen() + " seen, " + counts.floor() + " more for container start-up, "
                        + counts.implicit() + " implicit" + policy + "); Docker's default allows "
                        + counts.dockerAllows());
        result.generated().remarks().forEach(remark -> line("note", remark));
    }

    /** One line for each capability. */
    private void gated() {
        Map<Capability, List<Gate>> byOpener = result.generated().gates().stream()
                .collect(Collectors.groupingBy(Gate::opener, TreeMap::new, Collectors.toList()));
        byOpener.forEach((capability, gates) -> {
            String names = gates.stream().map(Gate::name).collect(Collectors.joining(" "));
            boolean suffices = gates.stream().allMatch(Gate::kernelSuffices);
            String kernel = suffices ? "; the kernel itself does not ask for it here" : "";
            line("gated", names + "   " + capability + " (Docker's gate" + kernel + ")");
        });
    }

    private void leftOut(Generated.LeftOut left) {
        line("left out", left.what() + ": " + left.why());
        if (!left.remedy().isEmpty()) {
            err.println(
                    BESIDE + "profgen generate " + result.outputs().recording().name() + " " + left.remedy());
        }
    }

    private void howToRun() {
        if (result.outputs().profile().isStandardOutput()) {
            return;
        }
        Generated generated = result.generated();
        line(
                "run it",
                RunLine.docker(result.workload(), result.outputs().profile().name(), generated.capAdd()));
        if (!result.ownRootfs()) {
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
