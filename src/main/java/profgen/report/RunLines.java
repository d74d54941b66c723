package profgen.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import profgen.capability.Capability;
import profgen.capability.CapabilitySet;
import profgen.recording.Recording;
import profgen.recording.Run;

/** A few lines for each run: what it was, how it ended, what is missing. */
final class RunLines {
    private static final long SECOND = 1_000_000_000;

    private RunLines() {}

    static String of(Recording recording) {
        StringBuilder out = new StringBuilder();
        for (Run run : recording.runs()) {
            out.append(TextTable.printable("run " + run.id().substring(0, 8) + "  "
                            + String.join(" ", run.provenance().command())))
                    .append('\n');
            for (String line : lines(run)) {
                out.append("  ").append(TextTable.printable(line)).append('\n');
            }
        }
        return out.isEmpty() ? "no runs\n" : out.toString();
    }

    private static List<String> lines(Run run) {
        List<String> lines = new ArrayList<>();
        Run.Provenance origin = run.provenance();
        lines.add("%s, kernel %s, engine %s%s, recorded by %s"
                .formatted(
                        origin.arch().unameMachine(),
                        origin.kernel(),
                        origin.engine(),
                        origin.options().isEmpty() ? "" : " (" + String.join(" ", origin.options()) + ")",
                        origin.backend()));
        if (run.start() != null) {
            lines.add(as(run.start()));
        }
        lines.add(end(run) + (run.complete() ? "" : "; INCOMPLETE"));
        run.ledger().forEach(entry -> lines.add(entry.kind() + ": " + entry.detail()));
        return lines;
    }

    private static String as(Run.StartState start) {
        return "uid " + Integer.toUnsignedString(start.uid())
                + (start.userNamespace() ? " in a user namespace" : "")
                + (start.noNewPrivileges() ? ", no new privileges" : "")
                + (start.seccompMode() == 0 ? "" : ", already under a seccomp filter")
                + ", bounding set: " + words(start.bounding());
    }

    private static String words(CapabilitySet set) {
        if (set.equals(CapabilitySet.DOCKER_DEFAULT)) {
            return "Docker's default";
        }
        String names = set.asSet().stream().map(Capability::shortName).collect(Collectors.joining(" "));
        return set.equals(CapabilitySet.ALL) ? "all" : set.isEmpty() ? "empty" : names;
    }

    private static String end(Run run) {
        Run.Outcome outcome = run.outcome();
        String how = outcome.exitStatus() != null
                ? "exit status " + outcome.exitStatus()
                : outcome.signal() != null
                        ? "ended by signal " + outcome.signal()
                        : run.endedOnPurpose() ? "went on" : "its end was not seen";
        String time = outcome.durationNs() == null
                ? ""
                : String.format(Locale.ROOT, " after %.3f s", (double) outcome.durationNs() / SECOND);
        return how
                + time
                + count(outcome.processes(), "process", "processes")
                + count(outcome.threads(), "thread", "threads");
    }

    private static String count(@Nullable Long number, String one, String several) {
        return number == null ? "" : ", " + number + " " + (number == 1 ? one : several);
    }
}
