package profgen.tracer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import profgen.recording.Journal;
import profgen.recording.JournalReader;

class InsideTest {
    private static final List<String> BEGUN = List.of(
            "{\"t\":\"start\",\"journal\":1,\"runId\":\"0123456789abcdef0123456789abcdef\",\"backend\":\"ptrace\","
                    + "\"arch\":\"x86_64\",\"kernel\":\"6.18.44\",\"realtime\":1,\"tracerPid\":7,"
                    + "\"engine\":\"sandbox\",\"command\":[\"x\"],\"cwd\":\"/\"}",
            "{\"t\":\"exe\",\"id\":0,\"path\":\"/bin/x\",\"ns\":1,\"pid\":9,\"argv0\":\"x\"}",
            "{\"t\":\"call\",\"exe\":0,\"abi\":\"x86_64\",\"nr\":83,\"ns\":2,\"pid\":9,\"argv0\":\"x\"}");

    @TempDir
    private Path folder;

    @Test
    void a_command_that_the_containers_end_cut_short_says_nothing() throws IOException {
        Inside.Tried cutShort = tried(BEGUN);
        assertThat(cutShort.succeeded()).isFalse();
        assertThat(cutShort.journal()).isEmpty();
    }

    @Test
    void a_command_that_failed_by_itself_says_why() throws IOException {
        List<String> lines = new ArrayList<>(BEGUN);
        lines.add("{\"t\":\"end\",\"ns\":9,\"exited\":1,\"core\":false,\"processes\":1,\"threads\":1,\"lost\":0}");
        Inside.Tried failed = tried(lines);
        assertThat(failed.succeeded()).isFalse();
        assertThat(failed.journal()).isPresent();
    }

    private Inside.Tried tried(List<String> lines) throws IOException {
        Path journal = Files.write(folder.resolve("journal"), lines);
        return Inside.Tried.of(JournalReader.read(journal, new Journal.Origin("0.1.0", List.of(), List.of())));
    }
}
