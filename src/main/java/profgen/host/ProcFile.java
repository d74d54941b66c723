package profgen.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The lines {@code name: value} of a /proc/PID/status. */
record ProcFile(Map<String, String> fields) {
    ProcFile {
        fields = Map.copyOf(fields);
    }

    /** Empty if the process or thread is no more. */
    static Optional<ProcFile> read(Path file) {
        try {
            /* A name may hold any bytes. */
            return Optional.of(parse(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    static ProcFile parse(String text) {
        Map<String, String> fields = new TreeMap<>();
        text.lines().forEach(line -> {
            int colon = line.indexOf(':');
            if (colon > 0) {
                fields.putIfAbsent(
                        line.substring(0, colon), line.substring(colon + 1).strip());
            }
        });
        return new ProcFile(fields);
    }

    String text(String name) {
        return fields.getOrDefault(name, "");
    }

    /** 0 for a field that this kernel does not have. */
    int number(String name) {
        String text = text(name);
        return text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : 0;
    }

    /** A set of bits; empty for a field that this kernel does not have. */
    long mask(String name) {
        String text = text(name);
        return text.matches("[0-9a-f]{1,16}") ? Long.parseUnsignedLong(text, 16) : 0;
    }
}
