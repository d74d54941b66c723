package profgen.syscall;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A table that is committed with the sources: columns separated by tabs, lines that begin with {@code #} are remarks. What
 * makes or reviews each one is said in its first lines.
 */
public final class ResourceTable {
    private ResourceTable() {}

    /**
     * @param name below {@code profgen/}, e.g. {@code syscall/errno.tsv}
     * @param columns what every line must have; another number is a bug of the table
     */
    public static List<List<String>> rows(String name, int columns) {
        List<List<String>> rows = rows(name);
        rows.stream().filter(row -> row.size() != columns).findFirst().ifPresent(row -> {
            throw new IllegalStateException(name + ": expected " + columns + " columns: " + row);
        });
        return rows;
    }

    /** Of a table whose lines differ in their number of columns. */
    public static List<List<String>> rows(String name) {
        return text(name)
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> List.of(line.split("\t", -1)))
                .toList();
    }

    /** The whole of a resource, which need not be a table. */
    public static String text(String name) {
        try (InputStream in = ResourceTable.class.getResourceAsStream("/profgen/" + name)) {
            if (in == null) {
                throw new IllegalStateException(name + ": not in this program");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
