package profgen.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tracer's own tests (tracer-native/test), in a machine of src/lab. */
final class TracerTests {
    private static final Duration LIMIT = Duration.ofMinutes(25);

    /**
     * As many programs as fill a table of the tracer's take as many times as long emulated, and take the same memory on every machine. A
     * pattern, quoted for a shell.
     */
    static final String TOO_MANY = "executables_beyond";

    /** The tests that a kernel skips which does not tell of capabilities, and what they say. */
    static final Map<String, String> UNTOLD_CAPABILITIES = Stream.of(
                    "capabilities_are_seen_where_they_are_really_used",
                    "a_capability_that_is_not_there_is_refused",
                    "what_asks_in_the_function_s_own_file_is_told_by_every_kernel")
            .collect(Collectors.toMap(
                    test -> test,
                    test -> "this kernel does not tell of capabilities: it has no BTF, or no programs for functions"));

    private static final String LOST = "this kernel left out runs of programs";
    private static final int FEW = 2;

    /** Emulated, and beside other tests, a test takes ten times as long as on a machine of its own. */
    private static final String SETTINGS = "TRACER=$PWD/profgen-tracer WORKLOADS=$PWD/workloads TOOLS=$PWD/tools"
            + " TABLES=$PWD/syscall STRESS=200 LIMIT=400";

    private static final Pattern SKIPPED = Pattern.compile("ok \\d+ - (\\w+) # SKIP (.*)");

    private TracerTests() {}

    /**
     * All must pass or be skipped. What the tracer says that the machine can is in the file {@code probe}.
     *
     * @param out takes it
     * @param options of src/lab/boot
     * @param choice what {@code tracer-native/test/run} takes: settings, its name, and files of tests, or none for all
     * @return why each that was skipped was
     */
    static Map<String, String> skipped(
            LoongMachine machine, Path tracer, Path out, List<String> options, String choice) {
        List<Path> files = List.of(
                tracer.resolve("profgen-tracer"),
                tracer.resolve("workloads"),
                tracer.resolve("tools"),
                Path.of("tracer-native", "test"),
                Path.of("src", "main", "resources", "profgen", "syscall"));
        String command = "./profgen-tracer probe >/out/probe; " + SETTINGS + " " + choice;
        Ended ended = machine.start(out, LIMIT, options, files, command).hasStatus(0);
        List<String> tap = ended.out().lines().map(String::strip).toList();
        long results = tap.stream().filter(line -> line.startsWith("ok ")).count();
        assertThat(tap).as(ended.inWords()).contains("1.." + results).noneMatch(line -> line.startsWith("not ok"));
        return tap.stream()
                .map(SKIPPED::matcher)
                .filter(Matcher::matches)
                .collect(Collectors.toMap(line -> line.group(1), line -> line.group(2)));
    }

    /**
     * Without the few in which a kernel that is preempted anywhere left out runs of the back end's programs, also when the test ran alone: that is
     * told, and no back end that does not work.
     */
    static Map<String, String> withoutLosses(Map<String, String> skipped) {
        Map<String, String> others = new TreeMap<>(skipped);
        others.values().removeIf(LOST::equals);
        assertThat(skipped.size() - others.size()).as("%s", skipped).isLessThanOrEqualTo(FEW);
        return others;
    }
}
