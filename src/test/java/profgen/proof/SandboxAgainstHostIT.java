package profgen.proof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import profgen.Requires;
import profgen.cli.SandboxHere;
import profgen.recording.CallId;

/** The built-in container does not change what a program calls, so that a recording of either serves. */
class SandboxAgainstHostIT {
    @TempDir
    private Path folder;

    @BeforeAll
    static void needTools() {
        Requires.that(SandboxHere.works(), "a machine where the sandbox works");
        Requires.command("gcc");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("profgen.proof.RecorderCase#deterministic")
    void a_program_makes_the_same_calls_in_both(RecorderCase program) throws IOException {
        Witness.agree(calls("sandbox", program), calls("host", program), program.racing());
    }

    private Set<CallId> calls(String engine, RecorderCase program) throws IOException {
        Recorder recorder = new Recorder(folder);
        recorder.command(List.of("--engine", engine), program.command()).run().hasStatus(program.status());
        Set<CallId> calls = Recorder.ids(recorder.run());
        Files.delete(recorder.recordingFile());
        return calls;
    }
}
