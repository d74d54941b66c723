package profgen.image;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts what could not be kept, by kind, with the first example of each. */
final class Remarks {
    private record Seen(String example, String sentence, int count) {}

    private final Map<String, Seen> byKind = new TreeMap<>();

    /** @param sentence about things in the plural */
    void add(String kind, String entry, String sentence) {
        byKind.merge(
                kind,
                new Seen(Raw.shown(entry), sentence, 1),
                (old, same) -> new Seen(old.example(), old.sentence(), old.count() + 1));
    }

    List<Remark> all() {
        return byKind.entrySet().stream()
                .map(kind -> new Remark(kind.getKey(), inWords(kind.getValue())))
                .toList();
    }

    private static String inWords(Seen seen) {
        return seen.sentence() + ": " + seen.count() + ", the first is " + seen.example();
    }
}
