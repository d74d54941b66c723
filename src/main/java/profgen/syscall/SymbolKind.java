package profgen.syscall;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The names of one sort of value, e.g. {@code address-family} or {@code clone-flag}. */
final class SymbolKind {
    /** {@code -} in a table. */
    static final SymbolKind NONE = new SymbolKind();

    private static final Map<String, SymbolKind> KINDS = new HashMap<>();

    static {
        for (List<String> row : ResourceTable.rows("syscall/symbols.tsv", 4)) {
            KINDS.computeIfAbsent(row.get(0), name -> new SymbolKind())
                    .add(row.get(2), Long.parseUnsignedLong(row.get(3)));
        }
    }

    private final Map<String, Long> numbers = new LinkedHashMap<>();
    /** The first name of a number is the one that programs use. */
    private final SortedMap<Long, String> names = new TreeMap<>(Long::compareUnsigned);

    static SymbolKind of(String name) {
        SymbolKind kind = name.equals("-") ? NONE : KINDS.get(name);
        if (kind == null) {
            throw new IllegalStateException("symbols.tsv has no kind " + name);
        }
        return kind;
    }

    private void add(String name, long number) {
        numbers.put(name, number);
        names.putIfAbsent(number, name);
    }

    Optional<String> name(long number) {
        return Optional.ofNullable(names.get(number));
    }

    Optional<Long> number(String name) {
        return Optional.ofNullable(numbers.get(name));
    }

    /** By ascending number. */
    SortedMap<Long, String> names() {
        return names;
    }
}
