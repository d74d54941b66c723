package profgen.recording;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;
import profgen.BadInputException;
import profgen.syscall.Arch;

/** Where a run comes from as JSON, both ways. */
final class ProvenanceJson {
    private static final long SECOND = 1_000_000_000;
    private static final Pattern TIME =
            Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?Z");
    private static final Set<String> KEYS =
            Set.of("started", "profgenVersion", "backend", "engine", "options", "arch", "kernel", "command");

    private ProvenanceJson() {}

    static ObjectNode write(Run.Provenance provenance) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("started", Instant.ofEpochSecond(0, provenance.started()).toString());
        node.put("profgenVersion", provenance.profgenVersion());
        node.put("backend", provenance.backend());
        node.put("engine", provenance.engine());
        ArrayNode options = node.putArray("options");
        provenance.options().forEach(options::add);
        node.put("arch", provenance.arch().unameMachine());
        node.put("kernel", provenance.kernel());
        ArrayNode command = node.putArray("command");
        provenance.command().forEach(command::add);
        return node;
    }

    static Run.Provenance read(JsonValue value) {
        value.allowing(KEYS);
        return new Run.Provenance(
                readTime(value.get("started")),
                value.get("profgenVersion").text(),
                value.get("backend").text(),
                value.get("engine").text(),
                value.get("options").list(JsonValue::text),
                readArch(value.get("arch")),
                value.get("kernel").text(),
                value.get("command").list(JsonValue::text));
    }

    /** As {@code uname -m} prints it; other spellings are for options. */
    static Arch readArch(JsonValue value) {
        return Arrays.stream(Arch.values())
                .filter(arch -> arch.unameMachine().equals(value.text()))
                .findFirst()
                .orElseThrow(() -> value.expected("an architecture that profgen knows (x86_64, loongarch64)"));
    }

    private static long readTime(JsonValue value) {
        if (!TIME.matcher(value.text()).matches()) {
            throw noTime(value);
        }
        try {
            Instant time = Instant.parse(value.text());
            return Math.addExact(Math.multiplyExact(time.getEpochSecond(), SECOND), time.getNano());
        } catch (DateTimeException | ArithmeticException e) {
            throw noTime(value);
        }
    }

    private static BadInputException noTime(JsonValue value) {
        return value.expected("a time such as 2026-01-31T12:00:00.123456789Z");
    }
}
