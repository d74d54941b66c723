package profgen.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import profgen.diff.Witness;
import profgen.filter.CallTable;
import profgen.filter.CallTable.Row;
import profgen.filter.Decision;
import profgen.filter.Filter;
import profgen.filter.LibseccompCheck;
import profgen.filter.Outcome;
import profgen.filter.Passed;
import profgen.filter.Region;
import profgen.filter.Regions;
import profgen.report.TextTable.Column;
import profgen.syscall.Abi;

/** For people: what a filter does with one call, or with every call of an ABI. */
public final class DecideReport {
    private static final String EXAMPLE = "e.g. ";

    private DecideReport() {}

    /** The outcome, what decides it, the rules that do not, and where other arguments lead. */
    public static String one(Filter filter, Witness call, Decision decision) {
        StringBuilder out = new StringBuilder();
        out.append(call.inWords()).append(" -> ").append(decision.outcome()).append('\n');
        out.append("  by ").append(decision.ruling().inWords()).append('\n');
        for (Passed passed : decision.passed()) {
            out.append("  not by syscalls[").append(passed.profileIndex()).append("]: ");
            out.append(passed.why()).append('\n');
        }
        elsewhere(filter, call, decision.outcome())
                .forEach(line -> out.append(line).append('\n'));
        String abi = call.abi().isNative() ? "" : ", a call of " + call.abi().label();
        return out.append("  on ")
                .append(filter.host())
                .append(abi)
                .append('\n')
                .toString();
    }

    private static List<String> elsewhere(Filter filter, Witness call, Outcome outcome) {
        List<String> lines = new ArrayList<>();
        Regions.attempt(Regions.DEFAULT_BUDGET, regions -> filter.regions(call.abi(), call.number(), regions))
                .orElse(Map.of())
                .forEach((other, region) -> {
                    if (!other.equals(outcome)) {
                        lines.add("  with other arguments: " + other + ", " + EXAMPLE + example(call, region));
                    }
                });
        return lines;
    }

    private static String example(Witness call, Region region) {
        return region.witness()
                .map(values -> Witness.of(call.abi(), call.number(), values).inWords())
                .orElse("");
    }

    /** Every named call of an ABI: its outcome, or the outcomes that its arguments lead to. */
    public static String all(Filter filter, CallTable calls) {
        TextTable table = new TextTable(
                List.of(Column.number("NUMBER"), Column.text("CALL"), Column.text("OUTCOME"), Column.text("BY")));
        calls.named().forEach(row -> rows(filter, calls.abi(), row).forEach(table::add));
        return table.text();
    }

    private static List<List<String>> rows(Filter filter, Abi abi, Row row) {
        String number = Integer.toString(row.first());
        if (!row.undecided().isEmpty()) {
            return List.of(List.of(number, row.name(), "undecided", row.undecided()));
        }
        Witness call = Witness.of(abi, row.first(), new long[6]);
        List<List<String>> rows = new ArrayList<>();
        row.parts()
                .forEach((outcome, region) ->
                        rows.add(List.of(number, row.name(), outcome.inWords(), by(filter, call, region))));
        return rows;
    }

    private static String by(Filter filter, Witness call, Region region) {
        long[] values = region.witness().orElseThrow();
        String by = filter.decide(call.abi(), call.number(), values).ruling().inWords();
        return region.isAll() ? by : by + ", " + EXAMPLE + example(call, region);
    }

    /** One line for each call that libseccomp's program treats otherwise, and why not all could be compared. */
    public static List<String> check(LibseccompCheck check) {
        List<String> lines = new ArrayList<>();
        check.discrepancies()
                .forEach(one -> lines.add("libseccomp " + check.version() + " makes of "
                        + new Witness(one.abi(), one.number(), one.arguments()).inWords() + " ("
                        + one.abi().label()
                        + "): " + one.made() + "; the rules say: " + one.intended()));
        if (check.problem() != null) {
            lines.add("not compared with libseccomp " + check.version() + ": " + check.problem());
        }
        return lines;
    }
}
