package profgen.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What was measured with one workload.
 *
 * @param seen names that were recorded; floor: more for the runtimes' start-up; total: all that the profile allows; docker: what Docker's default allows
 * @param plainMs from its start to its end without profgen, with the load; recordedMs: that of profgen record
 * @param verified each engine, and in how many starts it worked under the profile there
 */
record CorpusRow(
        String workload,
        int seen,
        int floor,
        int total,
        int docker,
        long plainMs,
        long recordedMs,
        Map<CorpusEngine, String> verified) {

    /** In Markdown. */
    static String table(List<CorpusRow> rows, List<CorpusEngine> engines) {
        List<String> head = new ArrayList<>(
                List.of("workload", "seen", "floor", "total", "Docker's default", "reduction", "s", "s, recorded"));
        engines.forEach(engine -> head.add(engine.label()));
        StringBuilder text = new StringBuilder(line(head));
        text.append(line(head.stream().map(cell -> "---").toList()).replace(' ', '-'));
        rows.forEach(row -> text.append(line(row.cells(engines))));
        return text.toString();
    }

    private List<String> cells(List<CorpusEngine> engines) {
        List<String> cells = new ArrayList<>(List.of(
                workload,
                String.valueOf(seen),
                String.valueOf(floor),
                String.valueOf(total),
                String.valueOf(docker),
                Math.round(100.0 * (docker - total) / docker) + " %",
                seconds(plainMs),
                seconds(recordedMs)));
        engines.forEach(engine -> cells.add(verified.get(engine)));
        return cells;
    }

    private static String seconds(long ms) {
        return String.format(Locale.ROOT, "%.1f", ms / 1000.0);
    }

    private static String line(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }
}
