package profgen.proof;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import profgen.filter.BpfProgram;
import profgen.filter.FilterStack;

/** What {@code profgen inspect} and the kernel's own files say of live processes. */
final class Inspected {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Inspected() {}

    static Ended profgen(String... words) {
        return BoundedCommand.of(words).words(Checkout.launcher().toString()).run();
    }

    static JsonNode inspect(String... words) throws IOException {
        List<String> all = new ArrayList<>(List.of("inspect", "--json"));
        all.addAll(List.of(words));
        return json(profgen(all.toArray(String[]::new)).hasStatus(0));
    }

    static JsonNode json(Ended ended) throws IOException {
        return JSON.readTree(ended.out());
    }

    static FilterStack stack(JsonNode inspected) {
        return new FilterStack(elements(inspected.path("seccomp").path("filters"))
                .map(filter -> BpfProgram.parse(
                        HexFormat.of().parseHex(filter.path("bpf").asText())))
                .toList());
    }

    static List<JsonNode> changes(JsonNode comparison) {
        return elements(comparison.path("changes")).toList();
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    static long bounding(JsonNode inspected) {
        String mask =
                inspected.path("capabilities").path("bounding").path("mask").asText();
        return Long.parseUnsignedLong(mask, 16);
    }

    static int pid(String id) {
        return Integer.parseInt(Docker.docker("inspect", "--format", "{{.State.Pid}}", id)
                .hasStatus(0)
                .out()
                .strip());
    }

    /** What looking at it could have changed. */
    static List<String> state(int pid) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                .filter(line -> line.matches("(State|TracerPid|SigPnd|ShdPnd|Seccomp.*|NoNewPrivs):.*"))
                .map(line -> line.replaceFirst("^State:.*\\((running|sleeping|disk sleep)\\)", "State: goes on"))
                .toList();
    }
}
