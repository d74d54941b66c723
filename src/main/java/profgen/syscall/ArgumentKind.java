package profgen.syscall;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the values of one argument are called.
 *
 * @param values what the argument is once the bits of its flags are taken away
 * @param flags names of single bits
 * @param when the argument on whose value this depends, -1 if on none
 * @param whenName what that argument must be, by the name of its own kind
 */
record ArgumentKind(String syscall, int index, SymbolKind values, SymbolKind flags, int when, String whenName) {
    private static final Map<String, List<ArgumentKind>> BY_SYSCALL =
            ResourceTable.rows("syscall/argument-kinds.tsv", 5).stream()
                    .map(ArgumentKind::read)
                    .collect(Collectors.groupingBy(ArgumentKind::syscall));

    static List<ArgumentKind> of(String syscall, int index) {
        return BY_SYSCALL.getOrDefault(syscall, List.of()).stream()
                .filter(kind -> kind.index == index)
                .toList();
    }

    private static ArgumentKind read(List<String> row) {
        String[] condition = row.get(4).split("=", 2);
        boolean always = condition.length == 1;
        return new ArgumentKind(
                row.get(0),
                Integer.parseInt(row.get(1)),
                SymbolKind.of(row.get(2)),
                SymbolKind.of(row.get(3)),
                always ? -1 : Integer.parseInt(condition[0]),
                always ? "" : condition[1]);
    }

    boolean isUnconditional() {
        return when < 0;
    }

    /** {@code SOCK_STREAM|SOCK_CLOEXEC}; what has no name is left as a hexadecimal number. */
    String render(long value) {
        Optional<String> whole = values.name(value);
        if (whole.isPresent() || isAllOnes(value)) {
            return whole.orElse(Symbols.hexadecimal(value));
        }
        List<String> parts = new ArrayList<>();
        long rest = value;
        for (Map.Entry<Long, String> flag : flags.names().entrySet()) {
            if ((rest & flag.getKey()) != 0) {
                parts.add(flag.getValue());
                rest &= ~flag.getKey();
            }
        }
        if (parts.isEmpty()) {
            return flags.name(value).orElseGet(() -> Symbols.hexadecimal(value));
        }
        Optional<String> base = values.name(rest);
        if (base.isPresent() || rest != 0) {
            parts.add(0, base.orElse(Symbols.hexadecimal(rest)));
        }
        return String.join("|", parts);
    }

    /** -1 asks for something (personality 0xffffffff): it is not every flag at once. */
    private static boolean isAllOnes(long value) {
        return value == 0xFFFFFFFFL || value == -1;
    }

    Optional<Long> number(String name) {
        return values.number(name).or(() -> flags.number(name));
    }
}
