package profgen.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalExtentTest {
    private static final String BEGIN = """
            {"t":"start","journal":1,"runId":"0123456789abcdef0123456789abcdef","backend":"late","arch":"x86_64",\
            "kernel":"6.18.44","realtime":1,"tracerPid":7,"engine":"host","command":["a"],"cwd":"/"}
            {"t":"exe","id":0,"path":"/bin/a","ns":1,"pid":9,"argv0":"a"}
            {"t":"call","exe":0,"abi":"x86_64","nr":0,"ns":1,"pid":9,"argv0":"a","phase":"entry"}
            """;
    private static final String END =
            "{\"t\":\"end\",\"ns\":9,\"exited\":0,\"core\":false,\"processes\":1,\"threads\":1,\"lost\":0}\n";

    @TempDir
    private Path folder;

    @Test
    void a_total_that_is_a_lower_bound_stays_one_in_the_recording() throws IOException {
        Run run = read(
                "{\"t\":\"count\",\"exe\":0,\"abi\":\"x86_64\",\"nr\":0,\"calls\":17,\"atLeast\":true,\"errnos\":{}}\n");
        Recording recording = new Recording(List.of(run));
        assertThat(run.calls()).extracting(Call::extent).containsExactly(Extent.AT_LEAST);
        String text = RecordingWriter.write(recording);
        assertThat(text)
                .contains("\"profgenRecording\": 3")
                .contains("\"count\":17,")
                .contains("\"extent\":\"at-least\"");
        assertThat(RecordingReader.parse(text, "r.json")).isEqualTo(recording);
    }

    @Test
    void a_total_without_that_mark_is_exact_and_needs_no_later_version() throws IOException {
        Run run = read("{\"t\":\"count\",\"exe\":0,\"abi\":\"x86_64\",\"nr\":0,\"calls\":17,\"errnos\":{}}\n");
        assertThat(run.calls()).extracting(Call::extent).containsExactly(Extent.EXACT);
        assertThat(RecordingWriter.write(new Recording(List.of(run)))).contains("\"profgenRecording\": 1");
    }

    @Test
    void a_total_without_results_leaves_them_open() throws IOException {
        Run run = read("{\"t\":\"count\",\"exe\":0,\"abi\":\"x86_64\",\"nr\":0,\"calls\":17}\n");
        assertThat(run.calls().get(0).count()).isEqualTo(17);
        assertThat(run.calls().get(0).errnos()).isNull();
        assertThat(run.calls().get(0).successes()).isEmpty();
    }

    private Run read(String count) throws IOException {
        Path journal = folder.resolve("j");
        Files.writeString(journal, BEGIN + count + END);
        return JournalReader.read(journal, new Journal.Origin("0.1.0", List.of(), List.of()))
                .run();
    }
}
