package profgen.recording;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import profgen.syscall.Abi;

/** Names of numbers. */
final class Tables {
    private static final Map<String, Map<String, String>> LOADED = new ConcurrentHashMap<>();

    private Tables() {}

    static Optional<String> name(CallId id) {
        return Abi.byLabel(id.abi()).map(abi -> load(abi.label()).get(Integer.toString(id.number())));
    }

    static String errno(int number) {
        return load("errno").getOrDefault(Integer.toString(number), "errno " + number);
    }

    static Optional<Integer> errno(String name) {
        return load("errno").entrySet().stream()
                .filter(entry -> entry.getValue().equals(name))
                .map(entry -> Integer.valueOf(entry.getKey()))
                .findFirst();
    }

    static List<Integer> watched(String name) {
        String indexes = load("watched").getOrDefault(name, "");
        return switch (indexes) {
            case "" -> List.of();
            case "flags" -> List.of(0);
            case "call" -> List.of(0, 1, 2, 3);
            default -> Stream.of(indexes.split(",", -1)).map(Integer::valueOf).toList();
        };
    }

    private static Map<String, String> load(String table) {
        return LOADED.computeIfAbsent(table, Tables::read);
    }

    private static Map<String, String> read(String table) {
        Map<String, String> rows = new HashMap<>();
        try (InputStream in = Objects.requireNonNull(
                        Tables.class.getResourceAsStream("/profgen/syscall/" + table + ".tsv"), table);
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            reader.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
                String[] columns = line.split("\t", -1);
                rows.put(columns[0], columns[1]);
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return rows;
    }
}
