package profgen.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tracer's own tests of recording and of the built-in container (tracer-native/test), on a LoongArch kernel. */
class LoongRecorderVM {
    private static final Duration LIMIT = Duration.ofMinutes(12);

    private static final String TESTS =
            "calls_test.sh launch_test.sh probe_test.sh processes_test.sh sandbox_files_test.sh"
                    + " sandbox_test.sh sandbox_users_test.sh sandboxed_tracing_test.sh terminal_test.sh tracer_test.sh";

    /** Emulated, and beside other tests, a test takes ten times as long as on a machine of its own. */
    private static final String SETTINGS = "TRACER=$PWD/profgen-tracer WORKLOADS=$PWD/workloads TOOLS=$PWD/tools"
            + " TABLES=$PWD/syscall STRESS=200 LIMIT=400";

    private static final Pattern SKIPPED = Pattern.compile("ok \\d+ - (\\w+) # SKIP (.*)");

    @TempDir
    private Path folder;

    @Test
    void recording_and_the_container_work_there() {
        LoongMachine machine = LoongMachine.open();
        Path tracer = machine.tracer();
        List<Path> files = List.of(
                tracer.resolve("profgen-tracer"),
                tracer.resolve("workloads"),
                tracer.resolve("tools"),
                Path.of("tracer-native", "test"),
                Path.of("src", "main", "resources", "profgen", "syscall"));
        Ended ended = machine.start(folder, LIMIT, 1, files, SETTINGS + " test/run " + TESTS)
                .hasStatus(0);
        List<String> tap = ended.out().lines().map(String::strip).toList();
        long results = tap.stream().filter(line -> line.startsWith("ok ")).count();
        assertThat(tap).as(ended.inWords()).contains("1.." + results).noneMatch(line -> line.startsWith("not ok"));
        assertThat(skipped(tap)).containsExactly("calls_of_other_abis_are_told_apart_and_socketcall_is_opened");
    }

    private static List<String> skipped(List<String> tap) {
        List<String> names = new ArrayList<>();
        for (String line : tap) {
            Matcher matcher = SKIPPED.matcher(line);
            if (matcher.matches()) {
                names.add(matcher.group(1));
            }
        }
        return names;
    }
}
