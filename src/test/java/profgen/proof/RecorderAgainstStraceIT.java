package profgen.proof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import profgen.Requires;
import profgen.recording.CallId;
import profgen.syscall.Arch;

/** The recorder and strace, each on a run of its own of the same program on the host: the same calls, ABI and number. */
class RecorderAgainstStraceIT {
    @TempDir
    private Path folder;

    @BeforeAll
    static void needStrace() {
        Requires.command("strace");
        Requires.command("gcc");
        Requires.orSkip(
                Arch.byName(System.getProperty("os.arch")).equals(Optional.of(Arch.X86_64)), "an x86_64 machine");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("profgen.proof.RecorderCase#deterministic")
    void sees_the_calls_that_strace_sees(RecorderCase program) throws IOException {
        program.require();
        Recorder recorder = new Recorder(folder);
        recorder.command(List.of("--engine", "host"), program.command()).run().hasStatus(program.status());
        Set<CallId> recorded = Recorder.ids(recorder.run());

        Path log = folder.resolve("strace.txt");
        BoundedCommand.of(program.command())
                .words("strace", "-f", "--syscall-number", "-o", log.toString())
                .in(folder)
                .run()
                .hasStatus(program.status());
        try (Stream<String> lines = Files.lines(log)) {
            Witness.agree(recorded, StraceLog.calls(lines, Arch.X86_64), program.racing());
        }
    }
}
