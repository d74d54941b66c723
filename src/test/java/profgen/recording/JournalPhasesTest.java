package profgen.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class JournalPhasesTest {
    private static final String BEGIN = """
            {"t":"start","journal":1,"runId":"0123456789abcdef0123456789abcdef","backend":"ptrace","arch":"x86_64",\
            "kernel":"6.12","realtime":1760000000000000000,"tracerPid":7,"engine":"sandbox","command":["x"],"cwd":"/"}
            {"t":"phase","phase":"entry","ns":1,"cause":"start"}
            {"t":"exe","id":0,"path":"/x","ns":100,"pid":9,"argv0":"x"}
            """;

    private static Run read(String... lines) throws IOException {
        String end = "{\"t\":\"end\",\"ns\":9,\"exited\":0,\"core\":false,\"processes\":1,\"threads\":1,\"lost\":0}\n";
        byte[] text = (BEGIN + String.join("\n", lines) + "\n" + end).getBytes(StandardCharsets.UTF_8);
        return JournalReader.read(
                        new ByteArrayInputStream(text), "x.journal", new Journal.Origin("0.1.0", List.of(), List.of()))
                .run();
    }

    private static String call(int number, String rest) {
        return "{\"t\":\"call\",\"exe\":0,\"abi\":\"x86_64\",\"nr\":" + number + ",\"ns\":200,\"pid\":9,\"argv0\":\"x\""
                + rest + "}";
    }

    private static String in(String phase) {
        return ",\"phase\":\"" + phase + "\"";
    }

    @Test
    void a_call_keeps_the_phases_in_which_it_was_seen() throws IOException {
        Run run = read(
                call(1, in("entry")),
                call(2, ""),
                "{\"t\":\"call-phase\",\"exe\":0,\"abi\":\"x86_64\",\"nr\":1,\"phase\":\"shutdown\"}");
        assertThat(run.calls())
                .extracting(Call::phases)
                .containsExactly(new TreeSet<>(List.of(Phase.ENTRY, Phase.SHUTDOWN)), new TreeSet<>());
        assertThat(run.complete()).isTrue();
    }

    @Test
    void a_phase_that_nobody_knows_makes_the_run_incomplete() throws IOException {
        assertThat(read(call(1, in("later"))).complete()).isFalse();
    }

    @Test
    void a_run_that_never_came_beyond_its_entry_is_not_divided() throws IOException {
        assertThat(read(call(1, in("entry"))).calls().get(0).phases()).isEmpty();
        assertThat(read(call(1, in("exec"))).calls().get(0).phases()).containsExactly(Phase.EXEC);
    }
}
