package profgen.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import profgen.Requires;

/** Most scripts run by hand, some once a year: each can at least be read by this machine's interpreters. An older one may still refuse it. */
class ScriptsTest {
    private static final List<String> PLACES =
            List.of(".ci", "src/main/scripts", "src/lab", "src/bench", "src/workloads", "testdata", "tracer-native");

    @Test
    void the_shell_can_read_each_of_its_scripts() throws IOException {
        Requires.command("bash");
        List<String> words = new ArrayList<>(
                List.of("bash", "-c", "for file; do bash -n \"$file\" || bad=1; done; exit ${bad-0}", "bash"));
        words.addAll(scripts("sh"));
        assertThat(words).as("scripts").hasSizeGreaterThan(20);
        BoundedCommand.of(words).run().hasStatus(0);
    }

    @Test
    void python_can_read_each_of_its_scripts() throws IOException {
        Requires.command("python3");
        String parse =
                "import ast, sys\nfor name in sys.argv[1:]: ast.parse(open(name, encoding='utf-8').read(), name)";
        List<String> words = new ArrayList<>(List.of("python3", "-c", parse));
        words.addAll(scripts("python3"));
        assertThat(words).as("scripts").hasSizeGreaterThan(10);
        BoundedCommand.of(words).run().hasStatus(0);
    }

    /** Whose first line ends with that interpreter's name. */
    private static List<String> scripts(String interpreter) throws IOException {
        List<String> found = new ArrayList<>();
        for (String place : PLACES) {
            try (Stream<Path> files = Files.walk(Path.of(place))) {
                for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                    String first = firstLine(file);
                    if (first.startsWith("#!") && first.endsWith(interpreter)) {
                        found.add(file.toString());
                    }
                }
            }
        }
        return found;
    }

    /** Empty of what is no text. */
    private static String firstLine(Path file) throws IOException {
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            String line = reader.readLine();
            return line == null ? "" : line;
        } catch (MalformedInputException e) {
            return "";
        }
    }
}
