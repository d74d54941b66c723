package profgen.report;

import java.util.List;
import java.util.stream.Collectors;
import profgen.filter.DroppedRule;
import profgen.filter.Filter;
import profgen.filter.FilterRule;
import profgen.filter.TestText;
import profgen.report.TextTable.Column;
import profgen.syscall.Abi;

/** For people: the flat list that a host enforces, and what it leaves out of the profile. */
public final class ResolveReport {
    /** Names that fill a cell before the rest is only counted. */
    private static final int NAMES = 8;

    private ResolveReport() {}

    public static String text(Filter filter) {
        StringBuilder out = new StringBuilder("on ").append(filter.host()).append('\n');
        if (filter.isUnconfined()) {
            return out.append("no filter: everything is allowed\n").toString();
        }
        out.append("ABIs: ").append(abis(filter)).append('\n');
        out.append("default: ").append(filter.defaultOutcome()).append('\n');
        for (Abi abi : filter.abis()) {
            filter.enosysAbove(abi)
                    .ifPresent(last -> out.append("above number ")
                            .append(last)
                            .append(" (")
                            .append(abi.label())
                            .append("): errno 38 (ENOSYS), by runc\n"));
        }
        return out.append('\n').append(kept(filter)).append(left(filter)).toString();
    }

    private static String abis(Filter filter) {
        return filter.abis().stream().map(Abi::label).collect(Collectors.joining(", "))
                + "; calls of others kill the thread";
    }

    private static String kept(Filter filter) {
        TextTable table = new TextTable(
                List.of(Column.number("RULE"), Column.text("OUTCOME"), Column.text("ARGUMENTS"), Column.text("CALLS")));
        for (FilterRule rule : filter.rules()) {
            table.add(List.of(
                    Integer.toString(rule.profileIndex()),
                    rule.outcome().inWords(),
                    TestText.of(rule.tests()),
                    names(rule.names())));
        }
        return table.text();
    }

    private static String left(Filter filter) {
        if (filter.dropped().isEmpty() && filter.unknownNames().isEmpty()) {
            return "";
        }
        TextTable table = new TextTable(List.of(Column.number("LEFT OUT"), Column.text("WHY"), Column.text("CALLS")));
        for (DroppedRule rule : filter.dropped()) {
            table.add(List.of(Integer.toString(rule.profileIndex()), rule.inWords(), names(rule.names())));
        }
        if (!filter.unknownNames().isEmpty()) {
            table.add(List.of("", "unknown names", names(List.copyOf(filter.unknownNames()))));
        }
        return "\n" + table.text();
    }

    private static String names(List<String> names) {
        String some = names.stream().limit(NAMES).collect(Collectors.joining(" "));
        return names.size() <= NAMES ? some : some + " and " + (names.size() - NAMES) + " more";
    }
}
