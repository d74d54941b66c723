package profgen.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import profgen.diff.RunHost;
import profgen.profile.Printable;
import profgen.recording.Denial;
import profgen.recording.Phase;
import profgen.verify.Attempt;
import profgen.verify.DeniedCall;
import profgen.verify.Mended;
import profgen.verify.Place;
import profgen.verify.Verification;

/** What {@code verify} says, for people. */
record VerifyReport(String profile, Place place, FixedProfile result, int runs) {
    private static final int LAST_LINES = 5;
    private static final String INDENT = " ".repeat(11);

    String text() {
        List<String> lines = new ArrayList<>();
        lines.add(line("verify", profile + ", in " + place.inWords() + " (" + RunHost.inWords(place.host()) + ")"));
        if (!result.rounds().isEmpty()) {
            outcome(lines, result.first());
            lines.add(line("mended", "added " + String.join(" ", result.added())));
        }
        outcome(lines, result.verification());
        result.verification()
                .proofs()
                .forEach(proof -> lines.add(line(
                        "must deny",
                        proof.asked().words() + ": " + (proof.denied() ? "denied: " : "NOT DENIED: ")
                                + proof.evidence())));
        result.written().ifPresent(file -> lines.add(line("written", file)));
        return String.join("\n", lines) + "\n";
    }

    private static String line(String what, String text) {
        return String.format("%-11s%s", what, text);
    }

    private void outcome(List<String> lines, Verification verification) {
        List<Attempt> attempts = verification.attempts();
        if (attempts.isEmpty()) {
            return;
        }
        if (verification.failure().isEmpty()) {
            lines.add(line("pass", attempts.size() + " of " + runs + " runs worked"));
            verification.remarks().forEach(remark -> lines.add(line("remark", remark)));
            verification
                    .denied()
                    .forEach(call -> lines.add(line("refused", inWords(call) + " [it works all the same]")));
            return;
        }
        lines.add(line(
                "fail",
                "run " + attempts.size() + " of " + runs + " "
                        + verification.failure().get()));
        Attempt last = attempts.get(attempts.size() - 1);
        lastLines(last.err()).forEach(said -> lines.add(INDENT + "| " + said));
        verification.denied().forEach(call -> lines.add(line("denied", inWords(call) + remedy(call))));
        if (!verification.floor().isEmpty()) {
            lines.add(line(
                    "runtime",
                    "the profile lacks calls of the runtime's own start-up: " + String.join(" ", verification.floor())
                            + (result.rounds().isEmpty() ? " [--fix]" : "")));
        }
        verification.remarks().forEach(remark -> lines.add(line("remark", remark)));
    }

    /** Control characters of a workload stay away from the terminal. */
    private static List<String> lastLines(String text) {
        List<String> all = text.lines()
                .map(line -> line.replaceAll("\\p{Cntrl}", "?"))
                .filter(line -> !line.isBlank())
                .toList();
        return all.subList(Math.max(0, all.size() - LAST_LINES), all.size());
    }

    /** One line: the call, its answer, who made it, why it was refused. */
    static String inWords(DeniedCall call) {
        Long count = call.denial().count();
        String times = count == null || count == 1 ? "" : ", " + count + " times";
        return call.inWords() + " -> " + call.outcome().inWords() + ", by "
                + Printable.of(call.denial().executable() + " ("
                        + call.denial().first().argv0() + ")") + times
                + phases(call.denial()) + ": " + call.why();
    }

    private static String phases(Denial denial) {
        return denial.phases().isEmpty()
                ? ""
                : denial.phases().stream().map(Phase::label).collect(Collectors.joining(" and ", ", in phase ", ""));
    }

    private String remedy(DeniedCall call) {
        return remedyOf(call).map(text -> " [" + text + "]").orElse("");
    }

    /** What can be done about it; empty if nothing is known. */
    Optional<String> remedyOf(DeniedCall call) {
        Mended proposal = result.proposal();
        if (result.rounds().isEmpty() && proposal.added().contains(call.name())) {
            return Optional.of("--fix, or profgen generate --allow " + call.name());
        }
        return proposal.refused().stream()
                .filter(one -> one.what().equals(call.name()) || one.what().startsWith(call.name() + " "))
                .filter(one -> !one.remedy().isEmpty())
                .map(one -> one.why() + ": " + one.remedy())
                .findFirst();
    }
}
