package profgen.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import profgen.syscall.KernelVersion;
import profgen.syscall.ResourceTable;

/** One engine's default profile as a table; what the columns hold is said in {@code src/main/scripts/baseline-tables}. */
final class BaselineTable {
    private static final String NOTHING = "-";

    private Action defaultAction = Action.ERRNO;
    private @Nullable Integer defaultErrno;
    private final List<Profile.ArchMapEntry> archMap = new ArrayList<>();
    private final List<Rule> rules = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private List<String> lastPolicy = List.of();

    private BaselineTable() {}

    static Profile read(String table) {
        BaselineTable reading = new BaselineTable();
        ResourceTable.rows("baseline/" + table + ".tsv").forEach(reading::row);
        reading.endRule();
        return new Profile(
                reading.defaultAction,
                reading.defaultErrno,
                reading.archMap,
                List.of(),
                null,
                null,
                null,
                reading.rules);
    }

    private void row(List<String> cells) {
        switch (cells.get(0)) {
            case "default" -> {
                defaultAction = Action.valueOf(cells.get(1));
                defaultErrno = errno(cells.get(2));
            }
            case "architecture" -> archMap.add(new Profile.ArchMapEntry(cells.get(1), words(cells.get(2))));
            default -> line(cells);
        }
    }

    /** Lines that follow each other and differ in the name only are one rule. */
    private void line(List<String> cells) {
        List<String> policy = cells.subList(1, cells.size());
        if (!policy.equals(lastPolicy)) {
            endRule();
            lastPolicy = policy;
        }
        names.add(cells.get(0));
    }

    private void endRule() {
        if (!names.isEmpty()) {
            rules.add(new Rule(
                    names,
                    Action.valueOf(lastPolicy.get(0)),
                    errno(lastPolicy.get(1)),
                    parts(lastPolicy.get(2)).map(BaselineTable::test).toList(),
                    condition(lastPolicy.get(3)),
                    condition(lastPolicy.get(4)),
                    ""));
            names.clear();
        }
    }

    private static ArgumentTest test(String text) {
        List<String> words = words(text);
        ArgumentTest.Operator operator = ArgumentTest.Operator.valueOf(words.get(1));
        long value = Long.parseUnsignedLong(words.get(2));
        long valueTwo = words.size() > 3 ? Long.parseUnsignedLong(words.get(3)) : 0;
        return new ArgumentTest(Integer.parseInt(words.get(0)), operator, value, valueTwo);
    }

    private static Condition condition(String text) {
        List<String> caps = List.of();
        List<String> arches = List.of();
        KernelVersion minKernel = null;
        for (String part : parts(text).toList()) {
            List<String> words = words(part);
            List<String> values = words.subList(1, words.size());
            switch (words.get(0)) {
                case "caps" -> caps = values;
                case "arches" -> arches = values;
                default -> minKernel = KernelVersion.parseStrict(values.get(0)).orElseThrow();
            }
        }
        return new Condition(caps, arches, minKernel);
    }

    private static Stream<String> parts(String cell) {
        return cell.equals(NOTHING) ? Stream.of() : Stream.of(cell.split("; ", -1));
    }

    private static List<String> words(String cell) {
        return cell.equals(NOTHING) ? List.of() : List.of(cell.split(" ", -1));
    }

    private static @Nullable Integer errno(String cell) {
        return cell.equals(NOTHING) ? null : Integer.valueOf(cell);
    }
}
