package profgen.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import profgen.diff.Witness;
import profgen.filter.Decision;
import profgen.filter.Filter;
import profgen.filter.LibseccompCheck;
import profgen.filter.Outcome;
import profgen.filter.Passed;
import profgen.filter.Region;
import profgen.filter.Regions;
import profgen.report.TextTable.Column;
import profgen.syscall.Abi;
import profgen.syscall.SyscallTable;

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
    public static String all(Filter filter, Abi abi) {
        TextTable table = new TextTable(
                List.of(Column.number("NUMBER"), Column.text("CALL"), Column.text("OUTCOME"), Column.text("BY")));
        SyscallTable.of(abi)
                .names()
                .forEach((number, name) -> rows(filter, abi, number, name).forEach(table::add));
        return table.text();
    }

    private static List<List<String>> rows(Filter filter, Abi abi, int number, String name) {
        List<List<String>> rows = new ArrayList<>();
        Regions.attempt(Regions.DEFAULT_BUDGET, regions -> filter.regions(abi, number, regions))
                .orElse(Map.of())
                .forEach((outcome, region) -> rows.add(List.of(
                        Integer.toString(number),
                        name,
                        outcome.inWords(),
                        by(filter, new Witness(abi, number, List.of(0L, 0L, 0L, 0L, 0L, 0L)), region))));
        return rows.isEmpty() ? List.of(List.of(Integer.toString(number), name, "undecided", "")) : rows;
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
