package profgen.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import profgen.recording.Call.Arguments;
import profgen.recording.Extent;
import profgen.recording.Phase;
import profgen.recording.Total;
import profgen.syscall.Errno;
import profgen.syscall.Symbols;

/** Results and arguments of a call in words. */
final class CallWords {
    /** Columns that a list of arguments fills before the rest is only counted; its first tuple is always shown. */
    private static final int WIDTH = 80;

    private static final String UNKNOWN = "-";

    private CallWords() {}

    /** {@code 17}; {@code 17+} where it is a lower bound; - where it is not known. */
    static String count(Total total) {
        return total.count() == null ? UNKNOWN : total.count() + more(total);
    }

    private static String more(Total total) {
        return total.extent() == Extent.EXACT ? "" : "+";
    }

    /** {@code 3 ok, 2 EPERM}; names alone where there are no counts; - where results are not known. */
    static String results(Total total) {
        if (total.errnos() == null) {
            return UNKNOWN;
        }
        List<String> words = new ArrayList<>();
        if (total.successes() != null && total.successes() > 0) {
            words.add(total.successes() + more(total) + " ok");
        }
        boolean counted = total.count() != null;
        total.errnos()
                .forEach((errno, times) -> words.add((counted ? times + more(total) + " " : "") + Errno.name(errno)));
        return words.isEmpty() ? UNKNOWN : String.join(", ", words);
    }

    /** {@code entry,serving}; - for a call of runs that are not divided. */
    static String phases(Collection<Phase> phases) {
        return phases.isEmpty() ? UNKNOWN : phases.stream().map(Phase::label).collect(Collectors.joining(","));
    }

    /** {@code CLONE_VM|CLONE_VFORK; 0}, tuples of several in parentheses; the first few, and how many more there are. */
    static String arguments(String syscall, List<Arguments> all) {
        List<String> words = new ArrayList<>();
        boolean many = false;
        for (Arguments arguments : all) {
            arguments.tuples().forEach(tuple -> words.add(tuple(syscall, arguments.indexes(), tuple)));
            many |= arguments.many();
        }
        return fitting(words, many);
    }

    private static String fitting(List<String> words, boolean many) {
        StringBuilder out = new StringBuilder();
        int shown = 0;
        while (shown < words.size()
                && (shown == 0 || out.length() + words.get(shown).length() <= WIDTH)) {
            out.append(shown == 0 ? "" : "; ").append(words.get(shown++));
        }
        if (shown < words.size()) {
            out.append("; ").append(words.size() - shown).append(" more");
        }
        return out.append(many ? "; and others that were not kept" : "").toString();
    }

    static String tuple(String syscall, List<Integer> indexes, List<Long> values) {
        List<String> symbols = Symbols.render(syscall, indexes, values);
        return symbols.size() == 1 ? symbols.get(0) : "(" + String.join(", ", symbols) + ")";
    }
}
