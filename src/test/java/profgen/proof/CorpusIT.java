package profgen.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import profgen.Requires;

/**
 * What people run in containers works under the profile that was recorded of it: in five of five starts, with all answers to its load right, on Docker with
 * runc and on crun. Prints the table of src/docs/corpus.md, and with {@code -Dprofgen.update=true} writes it there.
 */
class CorpusIT {
    private static final Duration LIMIT = Duration.ofMinutes(6);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<CorpusRow> ROWS = new ArrayList<>();

    @TempDir
    private static Path folder;

    private static CorpusImages images;
    private static List<CorpusEngine> engines = List.of();

    @BeforeAll
    static void make_the_base_image() throws IOException {
        Requires.docker();
        Requires.root();
        Requires.command("debootstrap");
        Requires.command("gcc");
        engines = CorpusEngine.here();
        images = CorpusImages.open();
    }

    @AfterAll
    static void leave_nothing_but_the_table() throws IOException {
        if (images != null) {
            images.close();
            CorpusTable.publish(ROWS, engines);
        }
    }

    static List<CorpusWorkload> workloads() {
        return CorpusWorkload.chosen();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("workloads")
    void it_works_under_the_profile_that_was_recorded_of_it(CorpusWorkload workload) throws IOException {
        long start = System.nanoTime();
        CorpusService service = CorpusService.of(workload, images.make(workload), images.docker());
        try {
            say(workload, "image made", start);
            long before = System.nanoTime();
            service.runPlainly(folder.resolve("load.log"));
            long plain = say(workload, "run", before);
            before = System.nanoTime();
            JsonNode recorded = record(service);
            long recording = say(workload, "recorded", before);
            Map<CorpusEngine, Ended> verified = new LinkedHashMap<>();
            for (CorpusEngine engine : engines) {
                before = System.nanoTime();
                verified.put(engine, verify(service, engine));
                say(workload, "verified on " + engine.label(), before);
            }
            ROWS.add(row(workload, recorded.get("profile"), plain, recording, verified));
            verified.values().forEach(ended -> ended.hasStatus(0));
            assertThat(recorded.get("recording").get("complete").booleanValue()).isTrue();
        } finally {
            service.end();
            images.remove(workload);
        }
    }

    /** The milliseconds since {@code start}; the build's log shows that it goes on. */
    private static long say(CorpusWorkload workload, String what, long start) {
        long ms = (System.nanoTime() - start) / 1_000_000;
        System.out.printf(Locale.ROOT, "corpus: %s: %s in %.1f s%n", workload, what, ms / 1000.0);
        return ms;
    }

    private static JsonNode record(CorpusService service) throws IOException {
        List<String> options = new ArrayList<>(List.of("--json", "--engine=docker", "--image", service.image()));
        options.addAll(service.options());
        if (service.workload().isService()) {
            options.addAll(List.of("--exercise", service.load()));
        }
        Ended ended = new Recorder(folder)
                .command(options, List.of())
                .within(LIMIT)
                .run()
                .hasStatus(0);
        // The load's words are on the same stream.
        String last = ended.err().lines().reduce((first, second) -> second).orElseThrow();
        return JSON.readTree(last);
    }

    private static Ended verify(CorpusService service, CorpusEngine engine) {
        List<String> words = new ArrayList<>(List.of(Checkout.launcher().toString(), "verify"));
        words.add(new Recorder(folder).profile().toString());
        words.addAll(engine.of(service.image(), folder));
        words.addAll(service.options());
        words.addAll(
                service.workload().isService()
                        ? List.of("--exercise", service.load())
                        : List.of("--expect-stdout", service.workload().expected()));
        return BoundedCommand.of(words).within(LIMIT).run();
    }

    private static CorpusRow row(
            CorpusWorkload workload, JsonNode profile, long plain, long recording, Map<CorpusEngine, Ended> verified) {
        Map<CorpusEngine, String> results = new LinkedHashMap<>();
        verified.forEach((engine, ended) -> results.put(engine, ended.succeeded() ? "5 of 5" : "fails"));
        return new CorpusRow(
                workload.inWords(),
                profile.get("seen").intValue(),
                profile.get("floor").intValue(),
                profile.get("names").intValue(),
                profile.get("dockerDefaultAllows").intValue(),
                plain,
                recording,
                results);
    }
}
