package profgen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are large, deep or nonsense, in the heap of 512 MB that the tests have. */
class HostileInputIT {
    private static final int RULES = 100_000;
    private static final String RECORDING = "testdata/journals/numactl/recording.json";

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("input.json");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "check FILE " + RECORDING,
                "diff --cap-add SYS_ADMIN docker-default FILE",
                "lint FILE",
                "decide FILE getpid",
                "resolve FILE",
                "render FILE --for oci",
            })
    void a_hundred_thousand_rules_are_read_and_answered(String command) throws IOException {
        String[] calls = {"getpid", "openat", "read", "write", "mmap", "futex", "clone3", "ioctl"};
        Files.writeString(
                file,
                IntStream.range(0, RULES)
                        .mapToObj(
                                i -> "{\"names\":[\"" + calls[i % calls.length] + "\"],\"action\":\"SCMP_ACT_ALLOW\"}")
                        .collect(
                                Collectors.joining(",", "{\"defaultAction\":\"SCMP_ACT_ERRNO\",\"syscalls\":[", "]}")));
        Cli run = run(command);
        assertThat(run.status()).as(run.err()).isIn(0, 1);
        assertThat(run.out().isEmpty()).isEqualTo(false);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"lint FILE", "show FILE", "diff docker-default FILE", "recover FILE -o -"})
    void ten_megabytes_of_nesting_are_bad_input(String command) throws IOException {
        Files.writeString(file, "[".repeat(10 << 20));
        isBadInput(run(command));
        Files.writeString(file, "{\"syscalls\":".repeat(900_000));
        isBadInput(run(command));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"lint FILE", "show FILE", "diff FILE docker-default", "recover FILE -o -"})
    void random_bytes_are_bad_input(String command) throws IOException {
        byte[] bytes = new byte[1 << 20];
        new Random(7).nextBytes(bytes);
        Files.write(file, bytes);
        isBadInput(run(command));
    }

    @Test
    void a_recording_too_large_for_the_heap_is_said_to_be_and_what_helps() throws IOException {
        String calls = IntStream.range(0, 60_000)
                .mapToObj(i -> "{\"executable\": \"/bin/x" + i
                        + "\", \"abi\": \"x86_64\", \"number\": 0, \"name\": \"read\", \"count\": 1, \"errnos\": {},"
                        + " \"first\": {\"ns\": 1, \"pid\": 1, \"argv0\": \"x" + i + "\"}}")
                .collect(Collectors.joining(",\n"));
        String sound = Files.readString(Path.of(RECORDING));
        String start = "\"calls\": [\n";
        assertThat(sound).contains(start);
        Files.writeString(file, sound.replace(start, start + calls + ",\n"));
        Launched.script(folder, "JAVA_TOOL_OPTIONS=-Xmx16m \"$0\" show input.json")
                .hasStatus(4)
                .said(
                        "profgen: memory: ",
                        " MB are not enough for this\nhint: JAVA_TOOL_OPTIONS=-Xmx",
                        "m gives profgen twice as much\n");
    }

    private Cli run(String command) {
        return Cli.run(command.replace("FILE", file.toString()).split(" "));
    }

    private static void isBadInput(Cli run) {
        assertThat(run.status()).as(run.err()).isEqualTo(3);
        assertThat(run.err().lines().filter(line -> !line.startsWith("hint: "))).hasSize(1);
    }
}
