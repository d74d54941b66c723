package profgen.syscall;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Names and numbers of one ABI, as in the headers of the newest kernel that Debian had; x32's numbers are without bit 30. */
public final class SyscallTable {
    private static final Map<Abi, SyscallTable> TABLES = new ConcurrentHashMap<>();

    private final SortedMap<Integer, String> names;
    private final Map<Integer, String> byNumber;
    private final Map<String, Integer> numbers = new HashMap<>();

    private SyscallTable(String resource) {
        SortedMap<Integer, String> read = new TreeMap<>();
        for (List<String> row : ResourceTable.rows(resource, 2)) {
            read.put(Integer.valueOf(row.get(0)), row.get(1));
        }
        names = Collections.unmodifiableSortedMap(read);
        byNumber = new HashMap<>(read);
        names.forEach((number, name) -> numbers.put(name, number));
    }

    public static SyscallTable of(Abi abi) {
        return TABLES.computeIfAbsent(abi, key -> new SyscallTable("syscall/" + key.label() + ".tsv"));
    }

    /** Empty for a number that no kernel known here uses. */
    public Optional<String> name(int number) {
        return Optional.ofNullable(byNumber.get(number));
    }

    /** Empty for a name that this ABI does not have: loongarch64 has no {@code open}. */
    public OptionalInt number(String name) {
        Integer number = numbers.get(name);
        return number == null ? OptionalInt.empty() : OptionalInt.of(number);
    }

    public SortedMap<Integer, String> names() {
        return names;
    }

    /** A call of some architecture, also of those that profgen does not record: profiles for several name them. */
    public static boolean isKnown(String name) {
        return Known.NAMES.contains(name);
    }

    /** What a misspelt name may have meant: at most three known names, the likeliest first. */
    public static List<String> nearest(String name) {
        return NearestNames.of(name, Known.NAMES);
    }

    private static final class Known {
        static final Set<String> NAMES = read();

        private static Set<String> read() {
            Set<String> names = new HashSet<>();
            for (Abi abi : Abi.values()) {
                names.addAll(of(abi).numbers.keySet());
            }
            ResourceTable.rows("syscall/elsewhere.tsv", 1).forEach(names::addAll);
            return Collections.unmodifiableSet(names);
        }
    }
}
